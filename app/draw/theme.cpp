#include "app/draw/theme.h"

namespace backstep {

// Every text colour has a contrast of at least 4.5 to 1 on every surface it is
// written on; the tests measure it.

static constexpr Theme dark = {
    .canvas = rgb(0x101318),
    .canvas_dot = rgb(0x1d2128),
    .panel = rgb(0x171b22),
    .card = rgb(0x1e232c),
    .field = rgb(0x101318),
    .button = rgb(0x1e232c),
    .button_hover = rgb(0x28303c),
    .button_active = rgb(0x2b3442),
    .line = rgb(0x2a313c),
    .grid = rgb(0x20252f),

    .text = rgb(0xe8ebf0),
    .text_soft = rgb(0xa6afbe),
    .text_faint = rgb(0x848e9f),

    .value = rgb(0x5aa9ff),
    .value_soft = rgb(0x182b45),
    .gradient = rgb(0xff9f45),
    .gradient_soft = rgb(0x3a2a17),
    .update = rgb(0x3ccb8c),
    .update_soft = rgb(0x17301f),
    .primary = rgb(0x2b4a72),
    .error = rgb(0xff7a7a),
    .error_soft = rgb(0x3d1f22),
    .warning = rgb(0xf2c94c),
    .negative = rgb(0xb07ce8),
    .zero = rgb(0x262c36),
    .positive = rgb(0x2fc4b2),
    .edge = rgb(0x566274),
    .head_data = rgb(0x2a2a3d),
    .head_param = rgb(0x1f3350),
    .head_op = rgb(0x262d38),
    .head_loss = rgb(0x472b2b),
    .band = rgb(0x15181d),
    .selection = rgb(0x2b4a72),
    .run = {rgb(0xf2c14e), rgb(0x56b4e9), rgb(0xf07fa8), rgb(0xa9cf54), rgb(0xc9d0db),
            rgb(0xc0926a)},
    .is_dark = true,
};

static constexpr Theme light = {
    .canvas = rgb(0xf1f4f8),
    .canvas_dot = rgb(0xd9dfe8),
    .panel = rgb(0xfafbfd),
    .card = rgb(0xffffff),
    .field = rgb(0xf1f4f8),
    .button = rgb(0xeef1f6),
    .button_hover = rgb(0xe2e8f0),
    .button_active = rgb(0xd3dce9),
    .line = rgb(0xcfd7e2),
    .grid = rgb(0xe4e9f0),

    .text = rgb(0x171c24),
    .text_soft = rgb(0x465163),
    .text_faint = rgb(0x5f6b7d),

    .value = rgb(0x0a5cbd),
    .value_soft = rgb(0xdbeafd),
    .gradient = rgb(0xa34700),
    .gradient_soft = rgb(0xfdead6),
    .update = rgb(0x0d6e45),
    .update_soft = rgb(0xdcf3e6),
    .primary = rgb(0xb3d3fa),
    .error = rgb(0xbd1f2d),
    .error_soft = rgb(0xfde4e4),
    .warning = rgb(0x835c00),
    .negative = rgb(0x7a3fc0),
    .zero = rgb(0xe6ebf2),
    .positive = rgb(0x0b8375),
    .edge = rgb(0x8a96a8),
    .head_data = rgb(0xe6e3f6),
    .head_param = rgb(0xd6e6fb),
    .head_op = rgb(0xe8ecf2),
    .head_loss = rgb(0xfaddda),
    .band = rgb(0xe8edf4),
    .selection = rgb(0xb3d3fa),
    .run = {rgb(0xa87500), rgb(0x1480ba), rgb(0xc8386f), rgb(0x5a8400), rgb(0x59636f),
            rgb(0x8c5a2b)},
    .is_dark = false,
};

const Theme& theme_of(ThemeName name) { return name == ThemeName::dark ? dark : light; }

}  // namespace backstep
