#include "app/desktop/session.h"

#include "app/desktop/assistant.h"
#include "app/desktop/captions.h"
#include "city/polygon.h"
#include "core/log.h"
#include "editor/bind_commands.h"

#include <fmt/format.h>
#include <glm/geometric.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace skyline::app::desktop {
namespace {

constexpr double kStillSeconds = 0.12;  // without a move: the camera rests, the picture is refined
constexpr double kLongestStep_s = 0.1;  // a slow frame does not throw the camera far
// An object is taken to stand this far around what its catalogue says: edges of a field are soft.
constexpr double kFootprintMargin = 1.0;  // world units
constexpr double kAboveMargin = 0.1;      // share of the height

constexpr int kTourViews = 720;
constexpr double kTourSeconds = 60;  // of the scene's own round

// Between the two nearest views of the round; yaw the short way round.
editor::Pose pose_on_tour(const std::vector<nerf::FlightView>& views, double share, bool closed, double fov_deg) {
  const double at = share * static_cast<double>(closed ? views.size() : views.size() - 1);
  const auto first = static_cast<std::size_t>(at) % views.size();
  const nerf::FlightView& a = views[first];
  const nerf::FlightView& b = views[(first + 1) % views.size()];
  const double t = at - std::floor(at);
  editor::Pose pose;
  pose.position = a.position + t * (b.position - a.position);
  pose.yaw_deg = a.yaw_deg + t * std::remainder(b.yaw_deg - a.yaw_deg, 360.0);
  pose.pitch_deg = a.pitch_deg + t * (b.pitch_deg - a.pitch_deg);
  pose.fov_deg = fov_deg;
  return pose;
}

std::uint32_t state_of(const Session& session) {
  std::uint32_t state = editor::kNothing;
  if (session.scene) {
    state |= editor::kScene;
    if (!session.scene->info.cameras.empty()) state |= editor::kPhotos;
    if (session.scene->info.objects.size() > 0) state |= editor::kObjects;
  }
  if (session.training) {
    const auto training = session.training->state();
    using enum nerf::TrainingState;
    // A file that could not be written is like a pause: the person may go on.
    const bool waits = training == kFailed && session.training->scene() && session.training->scene()->live;
    if (training == kPreparing || training == kRunning || training == kPaused || waits) state |= editor::kTraining;
  }
  if (!session.selection().empty()) state |= editor::kSelection;
  if (!session.bookmarks.empty()) state |= editor::kBookmarks;
  return state;
}

}  // namespace

renderer::ProgressiveOptions renderer_options(const Preferences& preferences) {
  renderer::ProgressiveOptions options;
  options.frame_budget_ms = preferences.frame_budget_ms;
  options.smoothing_samples = preferences.smoothing_samples;
  return options;
}

Session::Session(renderer::ProgressiveRenderer& picture_renderer, Preferences& kept, std::filesystem::path preferences_file,
                 std::function<void()> wake)
    : captions(std::make_unique<Captions>(*this)),
      pictures(picture_renderer),
      jobs(wake),
      preferences(kept),
      renderer(picture_renderer),
      preferences_file_(std::move(preferences_file)),
      wake_(wake) {
  assistant = std::make_unique<Assistant>(*this, wake);
  renderer.set_listener(std::move(wake));
  commands.set_state([this] { return state_of(*this); });
  bind_file_commands(*this);
  bind_camera_commands(*this);
  bind_view_commands(*this);
  bind_caption_commands(*this);
  bind_select_commands(*this);
  bind_document_commands(*this);
  bind_scene_commands(*this);
  bind_train_commands(*this);
  bind_render_commands(*this);
  bind_window_commands(*this);
  bind_assistant_commands(*this);
}

Session::~Session() {
  assistant.reset();
  renderer.show(nullptr);
  renderer.set_listener({});
  leave_project();
}

void Session::open(const std::filesystem::path& path, const std::filesystem::path& moved_scene) {
  if (opening_job_ != 0) jobs.cancel(opening_job_);
  opening_path_ = path;
  const std::string title = std::string(tr("Opening ", "正在打开 ")) + path.filename().string();
  opening_job_ = jobs.start(title, [this, path, moved_scene, unnamed = projects_folder](core::Progress& progress) -> Jobs::Finish {
    const bool is_project = path.extension() == kProjectExtension;
    auto opened = std::make_shared<core::Result<OpenedScene>>(is_project ? open_project_scene(path, unnamed, moved_scene, progress)
                                                                         : open_scene(path, progress));
    const bool stopped = progress.stop_requested(), lost = is_project && !*opened && moved_scene.empty() && lost_its_scene(path);
    return [this, path, opened, stopped, lost] {
      if (opening_path_ == path) opening_job_ = 0;
      if (stopped) return;
      if (*opened) {
        show(std::move(**opened));
      } else if (lost) {
        lost_project = path;
        window.asked_command = "file.find_scene";
        say(Message::Level::kWarning, fmt::format(fmt::runtime(tr("The scene of {} is not where it was: choose where it is now",
                                                                  "{} 的场景不在原处：请选择其当前位置")),
                                                  path.filename().string()));
      } else {
        fail(opened->error(), true);
      }
    };
  });
}

void Session::show(OpenedScene opened) {
  view = {};
  captions->forget();
  assistant->forget();
  pictures.forget();
  tool.reset();
  leave_pointer_tool();
  measuring = {};
  leave_project();
  forget_comparison();
  tour.reset();
  current_photo = -1;
  scene = std::move(opened.scene);
  place = std::move(opened.place);
  scene_path = std::move(opened.path);
  bookmarks = scene->info.bookmarks;
  keep_document(opened);
  window.start_page = false;
  navigator.set_surroundings(surroundings_of(*scene, place));
  navigator.reset(home_pose(scene->info, *scene->field));
  still_s_ = kStillSeconds;
  renderer.show(scene);
  if (scene_path.empty()) return;
  add_recent(preferences, scene_path);
  save_preferences();
  const std::size_t objects = scene->info.objects.size();
  say(Message::Level::kInfo, scene_path.filename().string() + tr(" is open", " 已打开") +
                                 (objects > 0 ? tr(", objects: ", "，对象：") + std::to_string(objects) : std::string()));
}

void Session::close_scene() {
  renderer.show(nullptr);
  captions->forget();
  forget_comparison();
  tour.reset();
  assistant->forget();
  pictures.forget();
  tool.reset();
  leave_pointer_tool();
  measuring = {};
  leave_project();
  edits.reset();
  bookmarks.clear();
  view = {};
  place.reset();
  scene.reset();
  scene_path.clear();
}

core::Camera Session::view_camera(int width, int height) const {
  const auto photo = static_cast<std::size_t>(view.photo);
  if (scene && view.photo >= 0 && photo < scene->info.cameras.size()) {
    const core::Camera& camera = scene->info.cameras[photo];
    const core::ImageSize size = fitted_size(camera, width, height);
    return camera.resized(size.width, size.height);
  }
  return navigator.camera(width, height);
}

renderer::ViewRequest Session::view_request(int width, int height) const {
  renderer::ViewRequest request;
  request.camera = view_camera(width, height);
  request.view = view.view;
  request.settings.branch = view.nerf_branch ? "nerf" : "grid";
  request.settings.decode = view.per_sample ? "sample" : "deferred";
  request.settings.code = view.code;
  request.moving = still_s_ < kStillSeconds;
  request.focus = pointer;
  request.photo = view.photo;
  request.layers = edits->layers();
  request.grading = edits->state().grading;
  request.appearance = edits->appearance();
  request.styles = edits->styles();
  if (view.code < 0) request.code = edits->code();
  const bool compared = comparison && comparison->photo == view.photo && comparison->truth &&
                        comparison->truth->width == request.camera.width && comparison->truth->height == request.camera.height;
  if (compared) request.truth = comparison->truth;
  // The photo's own light and lens, so that the difference is the field's.
  if (view.photo >= 0 && view.code < 0 && (view.split_on || view.view == renderer::View::kDifference)) {
    request.settings.code = view.photo;
    request.settings.vignetting = true;
    request.code.clear();
    request.appearance.reset();
    request.styles.reset();
  }
  // A difference without its photo is shown as colour until the photo is read.
  if (request.view == renderer::View::kDifference && !request.truth) request.view = renderer::View::kColour;
  return request;
}

std::shared_ptr<const renderer::Frame> Session::picture() const { return scene ? pictures.shown() : nullptr; }

void Session::update(double seconds, int width, int height) {
  jobs.collect();
  follow_training();
  view_width_ = width;
  view_height_ = height;
  if (!scene || width < 1 || height < 1) return;
  const double step = std::min(seconds, kLongestStep_s);
  navigator.aspect = static_cast<double>(width) / height;
  navigator.speed = preferences.fly_speed;
  navigator.advance(step);
  follow_tour(step);
  if (fly.forward != 0 || fly.right != 0 || fly.up != 0) {
    leave_photo_camera();
    tour.reset();
    navigator.fly(fly, step);
  }
  const bool moved = !(navigator.pose() == last_pose_);
  last_pose_ = navigator.pose();
  still_s_ = moved ? 0 : still_s_ + seconds;
  if (training) training->yield_to_viewer(still_s_ < kStillSeconds);
  read_comparison();
  make_ground();
  assistant->update();
  edits->refresh();
  captions->update(window.panels["caption"]);
  look(width, height);
  picture_gesture();
}

void Session::look(int width, int height) {
  const renderer::ViewRequest now = view_request(width, height);
  if (!assistant->previewing()) {
    pictures.look(now);
    return;
  }
  renderer::ViewRequest before = now;
  before.layers = edits->document_layers();
  before.appearance = edits->document_appearance();
  before.styles = edits->document_styles();
  before.grading = edits->document().state().grading;
  if (view.code < 0) before.code = edits->document_code();
  pictures.look(before, now);
}

bool Session::animating() const {
  return scene && (still_s_ < kStillSeconds + 0.05 || navigator.travelling() || tour || assistant->waiting() || fly.forward != 0 ||
                   fly.right != 0 || fly.up != 0);
}

void Session::leave_photo_camera() {
  if (view.photo < 0) return;
  view.photo = -1;
  view.split_on = false;
  if (view.view == renderer::View::kDifference) view.view = renderer::View::kColour;
  forget_comparison();
}

void Session::forget_comparison() {
  comparison.reset();
  compared_photo_ = -1;
}

void Session::start_tour() {
  if (!scene || scene->info.flight.size() < 3) return;
  tour_views_ = nerf::tour_flight(scene->info.flight, scene->field->box, kTourViews);
  tour_seconds_ = kTourSeconds;
  tour_closed_ = true;
  // From the view of the round that is nearest to where the person is.
  std::size_t nearest = 0;
  for (std::size_t i = 1; i < tour_views_.size(); ++i) {
    const glm::dvec3 here = navigator.pose().position;
    if (glm::distance(tour_views_[i].position, here) < glm::distance(tour_views_[nearest].position, here)) nearest = i;
  }
  tour = static_cast<double>(nearest) / kTourViews;
  navigator.travel(pose_on_tour(tour_views_, *tour, tour_closed_, navigator.pose().fov_deg));
}

void Session::start_round(std::vector<nerf::FlightView> views, double seconds, bool closed) {
  if (views.size() < 2 || !(seconds > 0)) return;
  tour_views_ = std::move(views);
  tour_seconds_ = seconds;
  tour_closed_ = closed;
  tour = 0;
  navigator.travel(pose_on_tour(tour_views_, 0, closed, navigator.pose().fov_deg));
}

void Session::follow_tour(double seconds) {
  if (!tour || navigator.travelling()) return;
  const double share = *tour + seconds / tour_seconds_;
  navigator.follow(
      pose_on_tour(tour_views_, tour_closed_ ? std::fmod(share, 1.0) : std::min(share, 1.0), tour_closed_, navigator.pose().fov_deg));
  if (!tour_closed_ && share >= 1) {
    tour.reset();
  } else {
    tour = std::fmod(share, 1.0);
  }
}

bool Session::training_runs() const {
  using enum nerf::TrainingState;
  const auto state = training ? training->state() : kStopped;
  return state == kPreparing || state == kRunning || state == kPaused;
}

void Session::take_training(std::unique_ptr<nerf::TrainingSession> started) {
  training = std::move(started);
  training->set_share(preferences.training_share);
  training->set_listener(wake_);
}

void Session::read_comparison() {
  const bool wanted = view.photo >= 0 && (view.split_on || view.view == renderer::View::kDifference);
  const auto photo = static_cast<std::size_t>(view.photo);
  if (!wanted || photo >= scene->info.cameras.size()) return;
  const core::Camera& camera = scene->info.cameras[photo];
  const core::ImageSize size = fitted_size(camera, view_width_, view_height_);
  if (compared_photo_ == view.photo && compared_width_ == size.width && compared_height_ == size.height) {
    const auto frame = picture();
    if (comparison && frame && frame->stage == renderer::Stage::kConverged && frame->serial != comparison->scored_frame &&
        frame->view == renderer::View::kColour && frame->width == size.width && frame->height == size.height) {
      comparison->scored_frame = frame->serial;
      const Scores scores = score_picture(frame->pixels, frame->width, frame->height, *comparison->truth);
      comparison->psnr = scores.psnr;
      comparison->ssim = scores.ssim;
    }
    return;
  }
  if (comparison_job_ != 0) return;
  compared_photo_ = view.photo;
  compared_width_ = size.width;
  compared_height_ = size.height;
  const auto file = find_photo(camera.name, photo_folder, scene_path);
  if (!file) {
    fail(file.error());
    return;
  }
  comparison_job_ =
      jobs.start(tr("Reading the photo", "正在读取照片"), [this, path = *file, number = view.photo, size](core::Progress&) -> Jobs::Finish {
        auto read = std::make_shared<core::Result<PhotoComparison>>(read_comparison_photo(path, number, size.width, size.height));
        return [this, read] {
          comparison_job_ = 0;
          if (*read) {
            comparison = std::move(**read);
          } else {
            fail(read->error());
          }
        };
      });
}

void Session::follow_training() {
  if (!training) return;
  const auto learning = training->scene();
  if (learning && learning != scene) show(place_scene(learning, {}));
}

std::optional<glm::dvec3> Session::point_at(glm::dvec2 pixel) const {
  const auto frame = picture();
  if (!frame || frame->depth.empty()) return std::nullopt;
  const int column = static_cast<int>(std::floor(pixel.x)), row = static_cast<int>(std::floor(pixel.y));
  if (column < 0 || row < 0 || column >= frame->width || row >= frame->height) return std::nullopt;
  const float depth =
      frame->depth[static_cast<std::size_t>(row) * static_cast<std::size_t>(frame->width) + static_cast<std::size_t>(column)];
  if (!(depth > 0)) return std::nullopt;
  const core::Ray ray = core::RayGenerator(frame->camera).ray(static_cast<float>(column) + 0.5F, static_cast<float>(row) + 0.5F);
  return glm::dvec3(ray.origin) + static_cast<double>(depth) * glm::dvec3(ray.direction);
}

const city::Object* Session::object_at(const glm::dvec3& point) const {
  if (!place) return nullptr;
  const city::Object* best = nullptr;
  // A building before the park that it stands in.
  const auto consider = [&](const city::Object& object) {
    if (city::gap(object, glm::dvec2(point)) > kFootprintMargin) return;
    const double top = object.base + object.height * (1 + kAboveMargin) + 2 * kFootprintMargin;
    if (point.z <= top && (best == nullptr || object.height > best->height)) best = &object;
  };
  city::Rectangle around;
  around.add(glm::dvec2(point));
  for (const std::uint32_t i : place->index().in_box(around.grown(kFootprintMargin))) {
    const city::Object& object = place->objects()[i];
    if (!edits->placed().contains(object.id) && !edits->displaced(object.id)) consider(object);
  }
  for (const auto& [id, object] : edits->placed()) {
    if (!edits->hidden(id)) consider(object);
  }
  return best;
}

std::vector<std::int32_t> Session::objects_in(const core::Camera& camera, const std::vector<glm::dvec2>& area) const {
  std::vector<std::int32_t> ids;
  if (!scene || area.size() < 3) return ids;
  const auto consider = [&](const city::Object& object) {
    glm::dvec2 pixel;
    if (object.height < 0.5 || !core::project(camera, {city::centroid(object), object.base + 0.5 * object.height}, pixel)) return;
    if (city::contains(area, pixel)) ids.push_back(object.id);
  };
  for (const city::Object& object : scene->info.objects.objects()) {
    if (!edits->placed().contains(object.id) && !edits->displaced(object.id)) consider(object);
  }
  for (const auto& [id, object] : edits->placed()) {
    if (!edits->hidden(id)) consider(object);
  }
  return ids;
}

const city::Object* Session::find_object(std::int32_t id) const { return edits ? edits->find(id) : nullptr; }

const std::vector<std::int32_t>& Session::selection() const {
  static const std::vector<std::int32_t> kNone;
  return edits ? edits->state().selection : kNone;
}

void Session::select(std::vector<std::int32_t> ids) {
  if (!edits) return;
  std::erase_if(ids, [this](std::int32_t id) { return find_object(id) == nullptr; });
  if (ids == selection()) return;
  if (const auto selected = edits->document().apply(editor::Select{std::move(ids)}); !selected) fail(selected.error());
}

core::Box Session::box_of(const city::Object& object) const {
  const city::Rectangle ground = city::bounds(object);
  return {{ground.low.x, ground.low.y, object.base}, {ground.high.x, ground.high.y, object.base + std::max(object.height, 1.0)}};
}

void Session::say(Message::Level level, std::string text, bool dialog) {
  if (level == Message::Level::kInfo) {
    core::log_info(text);
  } else {
    core::log_warning(text);
  }
  log.add({level, std::move(text), now(), dialog});
}

void Session::fail(const core::Error& error, bool dialog) {
  if (error.stopped) {
    say(Message::Level::kInfo, error.message());
    return;
  }
  std::string text = error.message();
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') text.front() = static_cast<char>(text.front() - 'a' + 'A');
  say(Message::Level::kError, std::move(text), dialog);
}

double Session::now() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count(); }

void Session::apply_preferences() {
  if (preferences.scale != 0) preferences.scale = std::clamp(preferences.scale, 1.0, 3.0);
  renderer.set_options(renderer_options(preferences));
  if (training) training->set_share(preferences.training_share);
  save_preferences();
}

void Session::save_preferences() {
  if (preferences_file_.empty()) return;
  if (const auto saved = desktop::save_preferences(preferences, preferences_file_); !saved) fail(saved.error());
}

}  // namespace skyline::app::desktop
