// Compares training in the window with training on the command line: the time to the first loss
// and the epochs per second of deep networks on the circle set, with every frame drawn
// off-screen as the window draws it. Prints a table. The argument is the number of seconds that
// each is trained, by default 5.
#include <imgui.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "app/main_window/app.h"
#include "app/paint/gpu.h"
#include "app/platform/interface_context.h"
#include "app/platform/offscreen.h"
#include "app/platform/resources.h"
#include "core/runs/experiment.h"

namespace {

using namespace backstep;
using Clock = std::chrono::steady_clock;

constexpr int width = 1600, height = 1000;

double seconds_since(Clock::time_point then) {
  return std::chrono::duration<double>(Clock::now() - then).count();
}

struct Speed {
  double first_loss = 0, epochs = 0, frames = 0;  // first_loss in seconds, the others per second
};

Document deep_network(int layers, int neurons) {
  Document document;
  document.setup.network = Network();
  document.setup.network->widths.assign(static_cast<std::size_t>(layers), neurons);
  document.setup.samples = draw_samples(*find_data_set("circle"), DataSetOptions());
  document.setup.training.learning_rate = 0.001;
  document.mode = Mode::train;
  return document;
}

Speed on_the_command_line(const Document& document, double seconds) {
  Speed speed;
  auto begun = Clock::now();
  Experiment experiment(document.setup);
  experiment.work(0, Deadline::never());
  speed.first_loss = seconds_since(begun);
  begun = Clock::now();
  long epoch = 0;
  while (seconds_since(begun) < seconds) experiment.work(++epoch, Deadline::never());
  speed.epochs = static_cast<double>(epoch) / seconds_since(begun);
  return speed;
}

Speed in_the_window(const Document& document, double seconds) {
  const InterfaceContext interface;
  Offscreen offscreen(width, height);
  Gpu gpu(resource_folder());
  App app(interface.fonts(), &gpu, Settings());
  const auto frame = [&] {
    ImGui::GetIO().DeltaTime = 1.0f / 60;
    ImGui::GetIO().MousePos = {-1e6f, -1e6f};
    offscreen.frame([&] { app.frame(width, height, 1, 1.0 / 60); });
  };
  Speed speed;
  auto begun = Clock::now();
  app.open(document, {});
  app.toggle_training();
  const Trainer& trainer = app.session().trainer();
  while (trainer.history().size() == 0) frame();
  speed.first_loss = seconds_since(begun);
  begun = Clock::now();
  const long first = trainer.epoch();
  long frames = 0;
  for (; seconds_since(begun) < seconds; ++frames) frame();
  speed.epochs = static_cast<double>(trainer.epoch() - first) / seconds_since(begun);
  speed.frames = static_cast<double>(frames) / seconds_since(begun);
  return speed;
}

void measure(int layers, int neurons, double seconds) {
  const Document document = deep_network(layers, neurons);
  const Speed line = on_the_command_line(document, seconds);
  const Speed window = in_the_window(document, seconds);
  std::printf("%3d x %-6d %9.2f s %9.2f s %11.2f %11.2f %8.1f\n", layers, neurons, line.first_loss,
              window.first_loss, line.epochs, window.epochs, window.frames);
  std::fflush(stdout);
}

}  // namespace

int main(int count, char** arguments) {
  const double seconds = count > 1 ? std::atof(arguments[1]) : 5;
  std::printf("%-12s %-23s %-23s %s\n", "network", "time to the first loss", "epochs a second",
              "frames");
  std::printf("%-12s %11s %11s %11s %11s %8s\n", "", "alone", "window", "alone", "window",
              "a second");
  measure(10, 100, seconds);
  measure(20, 200, seconds);
  measure(30, 200, seconds);
}
