// The training photos in a row; a click flies to where one was taken.
#include "app/desktop/interface.h"
#include "app/desktop/widgets.h"

namespace skyline::app::desktop {
namespace {

class FilmStripPanel final : public Panel {
 public:
  void draw(Interface& ui) override { empty_state(ui, "photos", ui.tr("The scene's photos appear here.", "这里显示场景的照片。")); }
};

}  // namespace

std::unique_ptr<Panel> make_film_strip_panel() { return std::make_unique<FilmStripPanel>(); }

}  // namespace skyline::app::desktop
