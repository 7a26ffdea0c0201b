#include "app/desktop/captions.h"

#include "app/desktop/session.h"
#include "app/view_pixels.h"
#include "models/caption/fact_sheet.h"
#include "models/caption/object_sheet.h"

#include <optional>
#include <tuple>
#include <utility>

namespace skyline::app::desktop {

struct Captions::Made {
  std::uint64_t request = 0;  // of the picture; 0: none
  std::uint64_t version = 0;  // of the document
  std::int32_t object = 0;
  std::map<std::int32_t, editor::ObjectState> objects;  // as edited then
  models::Caption english, chinese;
};

namespace {

// What a job needs, so that it touches nothing of the session.
struct Work {
  std::shared_ptr<nerf::SharedScene> scene;
  std::shared_ptr<const renderer::Frame> frame;  // null: no picture yet
  editor::DocumentState state;
  editor::SceneFacts facts;
  std::int32_t object = 0;  // 0: the view
};

std::int32_t last_selected(const Session& session) { return session.selection().empty() ? 0 : session.selection().back(); }

std::pair<models::Caption, models::Caption> describe_scene(const Work& work) {
  const models::SceneView city = models::scene_view_of(work.state, work.facts);
  const models::CaptionScene scene{city, {}, models::conditions_of(work.state)};
  std::optional<models::ViewPixels> pixels;
  if (work.frame && !work.frame->depth.empty()) {
    const bool coloured = work.frame->view == renderer::View::kColour;
    pixels = depth_pixels(city, work.frame->camera, work.frame->depth,
                          coloured ? std::span<const std::uint8_t>(work.frame->pixels) : std::span<const std::uint8_t>());
  }
  if (work.object != 0) {
    const auto facts = models::make_object_sheet(scene, work.object, pixels ? &*pixels : nullptr);
    if (!facts) return {};
    return {models::caption_of_object(*facts, editor::Language::kEnglish), models::caption_of_object(*facts, editor::Language::kChinese)};
  }
  if (!pixels) return {};
  const models::FactSheet facts = models::make_fact_sheet(scene, *pixels);
  return {models::caption_of_view(facts, editor::Language::kEnglish), models::caption_of_view(facts, editor::Language::kChinese)};
}

}  // namespace

Captions::Captions(Session& session) : session_(session) {}
Captions::~Captions() = default;

void Captions::describe(About about) {
  about_ = about;
  if (job_ == 0) start(about);
}

void Captions::turn_to(About about) {
  about_ = about;
  pointed_out.clear();
}

void Captions::update(bool panel_open) {
  if (!panel_open) pointed_out.clear();
  if (!panel_open || !automatic || job_ != 0 || !session_.scene || session_.dragging || session_.animating()) return;
  if (about_ == About::kObject && last_selected(session_) == 0) return;
  const auto frame = session_.picture();
  const bool rests = frame && (frame->stage == renderer::Stage::kSmoothing || frame->stage == renderer::Stage::kConverged);
  if (rests && !is_fresh(about_)) start(about_);
}

bool Captions::is_fresh(About about) {
  const std::unique_ptr<Made>& last = made(about);
  const auto frame = session_.picture();
  if (!last || !frame || last->request != frame->request || !session_.edits) return false;
  if (about == About::kObject && last->object != last_selected(session_)) return false;
  const std::uint64_t version = session_.edits->document().version();
  if (last->version == version) return true;
  if (last->objects != session_.edits->document().state().objects) return false;
  last->version = version;
  return true;
}

void Captions::start(About about) {
  if (!session_.scene || !session_.edits) return;
  const editor::Document& document = session_.edits->document();
  Work work{session_.scene, session_.picture(), document.state(), document.scene(), about == About::kObject ? last_selected(session_) : 0};
  if (about == About::kObject ? work.object == 0 : work.frame == nullptr) return;
  auto made_now = std::make_shared<Made>();
  made_now->request = work.frame ? work.frame->request : 0;
  made_now->version = document.version();
  made_now->object = work.object;
  made_now->objects = work.state.objects;
  const std::string title = session_.tr("Describing what is seen", "正在描述画面");
  job_ = session_.jobs.start(title, [this, about, made_now, work = std::move(work), scenes = scenes_](core::Progress&) -> Jobs::Finish {
    std::tie(made_now->english, made_now->chinese) = describe_scene(work);
    return [this, about, made_now, scenes] {
      job_ = 0;
      if (scenes != scenes_) return;
      pointed_out.clear();
      made(about) = std::make_unique<Made>(std::move(*made_now));
    };
  });
}

const models::Caption* Captions::caption() const {
  const std::unique_ptr<Made>& last = about_ == About::kView ? of_view_ : of_object_;
  if (!last) return nullptr;
  // What is said of one object is not said of the next.
  if (about_ == About::kObject && last->object != last_selected(session_)) return nullptr;
  const models::Caption& caption = session_.language() == editor::Language::kChinese ? last->chinese : last->english;
  return caption.text.empty() ? nullptr : &caption;
}

std::string Captions::note() const {
  if (!session_.scene || session_.scene->info.objects.size() > 0) return {};
  return session_.tr("No objects are known in this scene. \"skyline objects extract\" finds them.",
                     "此场景中没有已知物体，可用 skyline objects extract 提取。");
}

void Captions::forget() {
  ++scenes_;
  of_view_.reset();
  of_object_.reset();
  pointed_out.clear();
}

}  // namespace skyline::app::desktop
