// The Gpu draws what the draw lists of ImGui are too slow for: flowing edges
// and heatmaps, in batches, with shaders of our own. It owns the programs, the
// buffers and one frame's data, which must live until ImGui has rendered: call
// begin_frame() before the first thing of a frame is drawn. Needs a current
// OpenGL 3.3 context with its functions loaded, from construction to the end.
#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <vector>

#include "app/paint/painter.h"
#include "app/paint/theme.h"

struct ImDrawCmd;
struct ImDrawList;

namespace backstep {

class Gpu;

// Edges or heatmaps that are drawn in one go: a range of the frame's data.
struct GpuBatch {
  enum class Kind { edges, heatmaps };
  Gpu* gpu = nullptr;
  Kind kind = Kind::edges;
  const Theme* theme = nullptr;
  std::size_t first = 0, count = 0;
};

class Gpu {
 public:
  // Compiles the shaders in `resources`/shaders. Throws std::runtime_error
  // with the name of the file and the compiler's words.
  explicit Gpu(const std::filesystem::path& resources);
  ~Gpu();
  Gpu(const Gpu&) = delete;
  Gpu& operator=(const Gpu&) = delete;

  void begin_frame();

  // An empty batch, to be drawn by adding draw_callback with it to a draw
  // list; the theme must outlive the frame. Only the newest batch can grow.
  GpuBatch* begin_batch(GpuBatch::Kind kind, const Theme& theme);
  bool can_grow(const GpuBatch* batch) const;
  void add(GpuBatch& batch, const Edge& edge);
  void add(GpuBatch& batch, const Heatmap& heatmap);

  // An ImDrawCallback; the user data is the batch.
  static void draw_callback(const ImDrawList* list, const ImDrawCmd* command);

 private:
  struct EdgeVertex {
    float x, y;
    float across, along, length, half_thickness;
    float flow, phase;
    Color color;
  };
  struct HeatInstance {
    float x, y, width, height;
    std::int32_t rows, columns, place, smooth;
  };
  // What a heatmap's colours depend on, to know when to make them anew.
  struct HeatColors {
    Color negative, zero, positive, error;
    friend bool operator==(const HeatColors&, const HeatColors&) = default;
  };
  struct Program {
    unsigned id = 0;
    int window = -1, pixel_scale = -1;
  };

  static Program load_program(const std::filesystem::path& folder, const std::string& name);
  void set_up_edges();
  void set_up_heatmaps();
  void upload_edges();
  void upload_heatmaps();
  void upload_heat_colors(const Theme& theme);
  void use(const Program& program) const;
  void draw_edges(const GpuBatch& batch);
  void draw_heatmaps(const GpuBatch& batch);

  // This frame's data, and how much of it the graphics memory has seen.
  std::deque<GpuBatch> batches_;
  std::vector<EdgeVertex> edge_vertices_;
  std::vector<std::uint32_t> edge_indices_;
  std::vector<HeatInstance> heatmaps_;
  std::vector<float> levels_;
  std::size_t uploaded_indices_ = 0, uploaded_heatmaps_ = 0;

  Program edge_program_, heat_program_;
  unsigned edge_array_ = 0, edge_vertex_buffer_ = 0, edge_index_buffer_ = 0;
  unsigned heat_array_ = 0, heat_buffer_ = 0;
  unsigned level_texture_ = 0, color_texture_ = 0;
  int light_ = -1, tick_color_ = -1, hatch_color_ = -1;
  HeatColors heat_colors_;
  bool has_heat_colors_ = false;
};

}  // namespace backstep
