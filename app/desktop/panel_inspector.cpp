// The samples along the ray under the pointer: density, weight, colour.
#include "app/desktop/interface.h"
#include "app/desktop/widgets.h"

namespace skyline::app::desktop {
namespace {

class InspectorPanel final : public Panel {
 public:
  void draw(Interface& ui) override { empty_state(ui, "crosshair", ui.tr("Point at the picture.", "把指针移到画面上。")); }
};

}  // namespace

std::unique_ptr<Panel> make_inspector_panel() { return std::make_unique<InspectorPanel>(); }

}  // namespace skyline::app::desktop
