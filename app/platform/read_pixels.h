// Reading back what OpenGL has drawn.
#pragma once

#include "app/platform/image.h"

namespace backstep {

// The lower left `width` × `height` pixels of the bound framebuffer, opaque,
// first row on top.
Image read_pixels(int width, int height);

}  // namespace backstep
