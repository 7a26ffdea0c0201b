// The look of the window: one palette for dark and one for light surroundings, and what follows from it for widgets and plots.
//
// Panels take colours from `palette`, never literals: accent for what is active or chosen, good / warning / bad for states, muted for what
// may be overlooked. Text has a contrast of at least 4.5 to 1 on every ground it is drawn on (WCAG 2.1, level AA).
#pragma once

namespace skyline::renderer::vulkan {

// Display-encoded, in [0, 1].
struct Colour {
  float r = 0, g = 0, b = 0, a = 1;
  constexpr Colour with_alpha(float alpha) const { return {r, g, b, alpha}; }
};

struct Palette {
  Colour ground;   // between panels, menu bar, title bars
  Colour surface;  // of panels
  Colour raised;   // buttons, pop-ups, headers
  Colour field;    // what is typed or dragged in
  Colour line;     // borders, separators
  Colour text, muted;
  Colour accent, on_accent;  // chosen or active, and text on it
  Colour good, warning, bad;
  Colour shade;      // under the text that lies over pictures
  Colour series[6];  // lines of a plot, in their order
};

const Palette& palette(bool dark);
// Of the theme that the window shows now.
const Palette& palette();
bool dark_theme();

// Relative luminance ratio of WCAG 2.1, in [1, 21]; alpha is ignored.
double contrast(const Colour& a, const Colour& b);

// Sets Dear ImGui's and ImPlot's styles; `scale` (1 to 3) multiplies every length. Not between the begin and the end of a frame.
void apply_theme(bool dark, double scale);

}  // namespace skyline::renderer::vulkan
