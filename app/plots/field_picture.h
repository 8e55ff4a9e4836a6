// A FieldPicture is a decision boundary with the data over it, or for one
// input the fitted curve through its points. A class or sign is told by colour
// and by shape: positive is a teal circle, negative a purple diamond.
#pragma once

#include <string>
#include <vector>

#include "app/paint/painter.h"
#include "app/paint/theme.h"
#include "core/runs/data_sets.h"
#include "core/runs/decision_surface.h"
#include "core/runs/setup.h"

namespace backstep {

struct FieldPicture {
  const DecisionSurface* field = nullptr;       // may be null or not known yet: points alone
  const std::vector<double>* values = nullptr;  // null: the field's answer; else a neuron's
  int column = 0;                               // of the answer
  const Samples* samples = nullptr;             // null: no points
  int positive_class = 1;                       // samples of classes: this one is +, all others −
  bool test_points = true;                      // open; training points are filled
  long picked = -1;                             // the sample marked
  float point_size = 3;                         // radius in design units
  bool logits = false;  // the network answers logits: shown as probabilities
  // Targets of 0 and 1 are shown around a half, targets of ±1 and other values around 0.
  double middle = 0, scale = 1;
};

// The picture of what a setup's network answers: `field` (may be null) under
// its samples, with levels as its targets are coded. Of several classes, one
// column at a time: `column` is the class shown.
FieldPicture field_picture(const Setup& setup, const DecisionSurface* field, int column = 0);

void draw_field(Painter& painter, Rect rect, const Theme& theme, float ui_scale,
                const FieldPicture& picture);

// Numbers along the left and lower edge of `rect`, outside of it, and what the
// axes are called. Needs field_axes_room() there.
void draw_field_axes(Painter& painter, Rect rect, const Theme& theme, float ui_scale,
                     const FieldPicture& picture);
struct FieldAxesRoom {
  float left = 0, below = 0;
};
FieldAxesRoom field_axes_room(const Painter& painter, float ui_scale, const FieldPicture& picture);

// What the picture shows: the field's range, or else that of its samples.
InputRange input_range_of(const FieldPicture& picture);

// Between pixels of `rect` and inputs.
Point place_in_field(Rect rect, const InputRange& range, double x, double y);
void inputs_at(Rect rect, const InputRange& range, Point at, double& x, double& y);

// The sample drawn nearest to `at`, within `reach` pixels; -1 for none. With
// one input samples stand at their targets.
long sample_at(Rect rect, const InputRange& range, const Samples& samples, Point at, float reach);

// The numbers over the field's grid that the picture shows: the answer's column,
// as probabilities where it is logits, or a neuron's. Empty when not known yet.
std::vector<double> values_shown(const FieldPicture& picture);
// One of them at these inputs, between those of the grid.
double value_at(const DecisionSurface& field, const std::vector<double>& values, double x,
                double y);

// How much of their colour values keep in a field, so that points stay visible on it.
inline constexpr double field_paleness = 0.6;

// A sample as it is drawn: circle or diamond, filled or open; a large one can
// carry its sign.
void draw_sample(Painter& painter, const Theme& theme, Point at, float radius, double level,
                 bool filled, bool with_sign = false);

}  // namespace backstep
