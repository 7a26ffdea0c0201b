// Checks and forecast before a training, curves and controls while it runs.
#include "app/desktop/interface.h"
#include "app/desktop/widgets.h"

namespace skyline::app::desktop {
namespace {

class TrainingPanel final : public Panel {
 public:
  void draw(Interface& ui) override { empty_state(ui, "play", ui.tr("New from Photos begins a training.", "选择“由照片新建”开始训练。")); }
};

}  // namespace

std::unique_ptr<Panel> make_training_panel() { return std::make_unique<TrainingPanel>(); }

}  // namespace skyline::app::desktop
