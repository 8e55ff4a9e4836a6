#include "app/paint/gpu.h"

#include <glad/gl.h>
#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "app/paint/curve.h"
#include "app/paint/heat.h"
#include "core/base/text.h"

namespace backstep {
namespace {

constexpr int level_texture_width = 2048;

std::string shader_source(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error(text("The shader {} cannot be read.", path.string()));
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

unsigned compile(GLenum stage, const std::filesystem::path& path) {
  const std::string source = shader_source(path);
  const char* code = source.c_str();
  const unsigned shader = glCreateShader(stage);
  glShaderSource(shader, 1, &code, nullptr);
  glCompileShader(shader);
  int compiled = 0;
  glGetShaderiv(shader, GL_COMPILE_STATUS, &compiled);
  if (compiled) return shader;
  char log[2000] = "";
  glGetShaderInfoLog(shader, sizeof log, nullptr, log);
  glDeleteShader(shader);
  throw std::runtime_error(text("The shader {} does not compile: {}", path.string(), log));
}

// OpenGL takes places in a buffer as if they were pointers.
const void* buffer_offset(std::size_t bytes) {
  return reinterpret_cast<const void*>(bytes);  // NOLINT(performance-no-int-to-ptr)
}

// An attribute of `count` floats at `offset` in the buffer bound now.
void float_attribute(unsigned location, int count, std::size_t stride, std::size_t offset) {
  glEnableVertexAttribArray(location);
  glVertexAttribPointer(location, count, GL_FLOAT, GL_FALSE, static_cast<int>(stride),
                        buffer_offset(offset));
}

unsigned nearest_texture() {
  unsigned texture = 0;
  glGenTextures(1, &texture);
  glBindTexture(GL_TEXTURE_2D, texture);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
  return texture;
}

template <class Item>
void upload(GLenum target, const std::vector<Item>& items) {
  glBufferData(target, static_cast<GLsizeiptr>(items.size() * sizeof(Item)), items.data(),
               GL_STREAM_DRAW);
}

// ImGui hands a callback its clip rectangle but does not apply it. False when
// nothing of it is on the screen.
bool apply_clip(const ImDrawData& data, const ImVec4& clip, int height, float scale) {
  const int left = std::max(0, static_cast<int>((clip.x - data.DisplayPos.x) * scale));
  const int top = std::max(0, static_cast<int>((clip.y - data.DisplayPos.y) * scale));
  const int right = static_cast<int>((clip.z - data.DisplayPos.x) * scale);
  const int bottom = static_cast<int>((clip.w - data.DisplayPos.y) * scale);
  if (right <= left || bottom <= top) return false;
  glScissor(left, height - bottom, right - left, bottom - top);
  return true;
}

float pixel_scale_now(const ImDrawData& data) {
  int viewport[4] = {};
  glGetIntegerv(GL_VIEWPORT, viewport);
  return static_cast<float>(viewport[2]) / std::max(1.0f, data.DisplaySize.x);
}

// The direction of the curve at point `i`: that of the pieces around it.
Point direction_at(const std::vector<Point>& points, std::size_t i) {
  const Point a = points[i > 0 ? i - 1 : i], b = points[i + 1 < points.size() ? i + 1 : i];
  const float length = std::max(1e-6f, std::hypot(b.x - a.x, b.y - a.y));
  return {(b.x - a.x) / length, (b.y - a.y) / length};
}

float unit(std::uint8_t channel) { return static_cast<float>(channel) / 255.0f; }

}  // namespace

Gpu::Gpu(const std::filesystem::path& resources) {
  if (!glad_glCreateShader)
    throw std::runtime_error("The functions of OpenGL must be loaded before the shaders.");
  edge_program_ = load_program(resources / "shaders", "edge");
  heat_program_ = load_program(resources / "shaders", "heatmap");
  set_up_edges();
  set_up_heatmaps();
}

Gpu::~Gpu() {
  glDeleteProgram(edge_program_.id);
  glDeleteProgram(heat_program_.id);
  for (unsigned array : {edge_array_, heat_array_}) glDeleteVertexArrays(1, &array);
  for (unsigned buffer : {edge_vertex_buffer_, edge_index_buffer_, heat_buffer_})
    glDeleteBuffers(1, &buffer);
  for (unsigned texture : {level_texture_, color_texture_}) glDeleteTextures(1, &texture);
}

Gpu::Program Gpu::load_program(const std::filesystem::path& folder, const std::string& name) {
  const unsigned vertex = compile(GL_VERTEX_SHADER, folder / (name + ".vert"));
  const unsigned fragment = compile(GL_FRAGMENT_SHADER, folder / (name + ".frag"));
  Program program;
  program.id = glCreateProgram();
  for (unsigned shader : {vertex, fragment}) {
    glAttachShader(program.id, shader);
    glDeleteShader(shader);  // goes with the program
  }
  glLinkProgram(program.id);
  int linked = 0;
  glGetProgramiv(program.id, GL_LINK_STATUS, &linked);
  if (!linked) {
    char log[2000] = "";
    glGetProgramInfoLog(program.id, sizeof log, nullptr, log);
    throw std::runtime_error(text("The shaders {}.vert and .frag do not fit together: {}",
                                  (folder / name).string(), log));
  }
  program.window = glGetUniformLocation(program.id, "window");
  program.pixel_scale = glGetUniformLocation(program.id, "pixel_scale");
  return program;
}

void Gpu::set_up_edges() {
  light_ = glGetUniformLocation(edge_program_.id, "light");
  glGenVertexArrays(1, &edge_array_);
  glGenBuffers(1, &edge_vertex_buffer_);
  glGenBuffers(1, &edge_index_buffer_);
  glBindVertexArray(edge_array_);
  glBindBuffer(GL_ARRAY_BUFFER, edge_vertex_buffer_);
  glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, edge_index_buffer_);
  constexpr std::size_t stride = sizeof(EdgeVertex);
  float_attribute(0, 2, stride, offsetof(EdgeVertex, x));
  float_attribute(1, 4, stride, offsetof(EdgeVertex, across));
  float_attribute(2, 2, stride, offsetof(EdgeVertex, flow));
  glEnableVertexAttribArray(3);
  glVertexAttribPointer(3, 4, GL_UNSIGNED_BYTE, GL_TRUE, static_cast<int>(stride),
                        buffer_offset(offsetof(EdgeVertex, color)));
  glBindVertexArray(0);
}

void Gpu::set_up_heatmaps() {
  tick_color_ = glGetUniformLocation(heat_program_.id, "tick_color");
  hatch_color_ = glGetUniformLocation(heat_program_.id, "hatch_color");
  int program_before = 0;
  glGetIntegerv(GL_CURRENT_PROGRAM, &program_before);
  glUseProgram(heat_program_.id);
  glUniform1i(glGetUniformLocation(heat_program_.id, "levels"), 0);
  glUniform1i(glGetUniformLocation(heat_program_.id, "colors"), 1);
  glUseProgram(static_cast<unsigned>(program_before));
  glGenVertexArrays(1, &heat_array_);
  glGenBuffers(1, &heat_buffer_);
  glBindVertexArray(heat_array_);
  for (unsigned location : {0u, 1u}) {
    glEnableVertexAttribArray(location);
    glVertexAttribDivisor(location, 1);
  }
  glBindVertexArray(0);
  level_texture_ = nearest_texture();
  color_texture_ = nearest_texture();
}

void Gpu::begin_frame() {
  batches_.clear();
  edge_vertices_.clear();
  edge_indices_.clear();
  heatmaps_.clear();
  levels_.clear();
  uploaded_indices_ = uploaded_heatmaps_ = 0;
}

GpuBatch* Gpu::begin_batch(GpuBatch::Kind kind, const Theme& theme) {
  const bool edges = kind == GpuBatch::Kind::edges;
  batches_.push_back({this, kind, &theme, edges ? edge_indices_.size() : heatmaps_.size(), 0});
  return &batches_.back();
}

bool Gpu::can_grow(const GpuBatch* batch) const {
  return batch && !batches_.empty() && batch == &batches_.back();
}

void Gpu::add(GpuBatch& batch, const Edge& edge) {
  const std::vector<Point> points = flatten(edge);
  const std::vector<float> along = lengths_along(points);
  const float half = edge.thickness / 2;
  // Room for the soft rim, and for the glow around a flowing edge.
  const float reach = edge.flow > 0 ? 3 * half + 2 : half + 1;
  const float phase = edge.phase - std::floor(edge.phase);
  for (std::size_t i = 0; i < points.size(); ++i) {
    const Point way = direction_at(points, i);
    const auto index = static_cast<std::uint32_t>(edge_vertices_.size());
    for (float across : {-reach, reach})
      edge_vertices_.push_back({points[i].x - way.y * across, points[i].y + way.x * across, across,
                                along[i], along.back(), half, edge.flow, phase, edge.color});
    if (i + 1 == points.size()) break;
    for (std::uint32_t corner : {0u, 1u, 2u, 2u, 1u, 3u}) edge_indices_.push_back(index + corner);
  }
  batch.count = edge_indices_.size() - batch.first;
}

void Gpu::add(GpuBatch& batch, const Heatmap& heatmap) {
  const Rect rect = heat_rect(heatmap);
  const HeatCells cells =
      heat_cells(heatmap, static_cast<int>(rect.height), static_cast<int>(rect.width));
  if (cells.levels.empty()) return;
  heatmaps_.push_back({rect.x, rect.y, rect.width, rect.height, cells.rows, cells.columns,
                       static_cast<std::int32_t>(levels_.size()), heatmap.smooth});
  levels_.insert(levels_.end(), cells.levels.begin(), cells.levels.end());
  batch.count = heatmaps_.size() - batch.first;
}

void Gpu::upload_edges() {
  if (uploaded_indices_ == edge_indices_.size()) return;
  glBindBuffer(GL_ARRAY_BUFFER, edge_vertex_buffer_);
  upload(GL_ARRAY_BUFFER, edge_vertices_);
  upload(GL_ELEMENT_ARRAY_BUFFER, edge_indices_);  // bound with the vertex array
  uploaded_indices_ = edge_indices_.size();
}

void Gpu::upload_heatmaps() {
  if (uploaded_heatmaps_ == heatmaps_.size()) return;
  upload(GL_ARRAY_BUFFER, heatmaps_);
  constexpr std::size_t width = level_texture_width;
  const std::size_t rows = (levels_.size() + width - 1) / width;
  levels_.resize(rows * width);  // a texture has whole rows
  glTexImage2D(GL_TEXTURE_2D, 0, GL_R32F, level_texture_width, static_cast<int>(rows), 0, GL_RED,
               GL_FLOAT, levels_.data());
  uploaded_heatmaps_ = heatmaps_.size();
}

void Gpu::upload_heat_colors(const Theme& theme) {
  const HeatColors wanted{theme.negative, theme.zero, theme.positive, theme.error};
  if (has_heat_colors_ && wanted == heat_colors_) return;
  std::array<Color, 512> colors;
  for (int i = 0; i < 511; ++i)
    colors[static_cast<std::size_t>(i)] = heat_color(theme, static_cast<float>(i - 255) / 255.0f);
  colors[511] = heat_color(theme, heat_nan);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, 512, 1, 0, GL_RGBA, GL_UNSIGNED_BYTE, colors.data());
  heat_colors_ = wanted;
  has_heat_colors_ = true;
}

void Gpu::use(const Program& program) const {
  const ImDrawData& data = *ImGui::GetDrawData();
  glUseProgram(program.id);
  glUniform4f(program.window, data.DisplayPos.x, data.DisplayPos.y, data.DisplaySize.x,
              data.DisplaySize.y);
  glUniform1f(program.pixel_scale, pixel_scale_now(data));
}

void Gpu::draw_edges(const GpuBatch& batch) {
  use(edge_program_);
  const Color light = batch.theme->text;
  glUniform3f(light_, unit(light.r), unit(light.g), unit(light.b));
  glBindVertexArray(edge_array_);
  upload_edges();
  glDrawElements(GL_TRIANGLES, static_cast<int>(batch.count), GL_UNSIGNED_INT,
                 buffer_offset(batch.first * sizeof(std::uint32_t)));
}

void Gpu::draw_heatmaps(const GpuBatch& batch) {
  use(heat_program_);
  const Color tick = batch.theme->text;
  const Color hatch = mix(batch.theme->error, batch.theme->zero, 0.65);
  glUniform4f(tick_color_, unit(tick.r), unit(tick.g), unit(tick.b), 0.8f);
  glUniform3f(hatch_color_, unit(hatch.r), unit(hatch.g), unit(hatch.b));
  glActiveTexture(GL_TEXTURE1);
  glBindTexture(GL_TEXTURE_2D, color_texture_);
  upload_heat_colors(*batch.theme);
  glActiveTexture(GL_TEXTURE0);  // where ImGui expects to be
  glBindTexture(GL_TEXTURE_2D, level_texture_);
  glBindVertexArray(heat_array_);
  glBindBuffer(GL_ARRAY_BUFFER, heat_buffer_);
  upload_heatmaps();
  // OpenGL 3.3 cannot start at an instance, so the attributes start there.
  const std::size_t start = batch.first * sizeof(HeatInstance);
  glVertexAttribPointer(0, 4, GL_FLOAT, GL_FALSE, sizeof(HeatInstance), buffer_offset(start));
  glVertexAttribIPointer(1, 4, GL_INT, sizeof(HeatInstance),
                         buffer_offset(start + offsetof(HeatInstance, rows)));
  glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, static_cast<int>(batch.count));
}

void Gpu::draw_callback(const ImDrawList*, const ImDrawCmd* command) {
  const GpuBatch& batch = *static_cast<const GpuBatch*>(command->UserCallbackData);
  const ImDrawData* data = ImGui::GetDrawData();
  if (!data || batch.count == 0) return;
  int viewport[4] = {};
  glGetIntegerv(GL_VIEWPORT, viewport);
  if (!apply_clip(*data, command->ClipRect, viewport[3], pixel_scale_now(*data))) return;
  if (batch.kind == GpuBatch::Kind::edges)
    batch.gpu->draw_edges(batch);
  else
    batch.gpu->draw_heatmaps(batch);
}

}  // namespace backstep
