// A FieldPicture is a decision boundary with the data over it, or for one
// input the fitted curve through its points.
#pragma once

#include "app/draw/painter.h"
#include "app/draw/theme.h"
#include "core/data_sets.h"
#include "core/field.h"

namespace backstep {

struct FieldPicture {
  const Field* field = nullptr;           // may be null or not known yet: points alone
  const std::vector<double>* values = nullptr;  // null: the field's answer; else a neuron's
  const Samples* samples = nullptr;       // null: no points
  bool test_points = true;                // open rings; training points are filled
  long picked = -1;                       // the sample marked
  float point_size = 3;                   // radius in design units
  // Fields of 0 and 1 are shown around a half; of ±1 and of values around 0.
  double middle = 0, scale = 1;
};

void draw_field(Painter& painter, Rect rect, const Theme& theme, float ui_scale,
                const FieldPicture& picture);

// The range of inputs that shows all samples with a little room.
FieldRange range_of(const Samples& samples);

// Between pixels of `rect` and inputs.
Point place_in_field(Rect rect, const FieldRange& range, double x, double y);
void inputs_at(Rect rect, const FieldRange& range, Point at, double& x, double& y);

// The sample drawn nearest to `at`, within `reach` pixels; -1 for none.
long sample_at(Rect rect, const FieldRange& range, const Samples& samples, Point at, float reach);

}  // namespace backstep
