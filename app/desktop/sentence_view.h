// A sentence with its words underlined in the colours of what they mean: those of a reference as the objects are outlined in the view.
#pragma once

#include "app/desktop/assistant.h"
#include "app/desktop/interface.h"
#include "renderer/vulkan/theme.h"

namespace skyline::app::desktop {

// Of the reference with that number, in words and in the view.
renderer::vulkan::Colour reference_colour(int reference);

// Draws the planned sentence over the width of the panel; a word under the pointer tells what it was taken to mean.
void draw_sentence(Interface& ui, const Assistant& assistant);

}  // namespace skyline::app::desktop
