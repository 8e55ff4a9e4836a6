// Stepping through a built graph and training it allocate nothing. Eigen and operator new
// both call malloc, whose calls are counted here (with glibc, and not under the sanitizers,
// which bring a malloc of their own).
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>

#include "core/runs/experiment.h"
#include "tests/core/stepping/timelines.h"

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__)
#define COUNTS_ALLOCATIONS 1
#else
#define COUNTS_ALLOCATIONS 0
#endif

namespace {
std::atomic<long> allocations{0};
}

#if COUNTS_ALLOCATIONS
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* memory, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);

void* malloc(std::size_t size) {
  ++allocations;
  return __libc_malloc(size);
}
void* calloc(std::size_t count, std::size_t size) {
  ++allocations;
  return __libc_calloc(count, size);
}
void* realloc(void* memory, std::size_t size) {
  ++allocations;
  return __libc_realloc(memory, size);
}
void* memalign(std::size_t alignment, std::size_t size) {
  ++allocations;
  return __libc_memalign(alignment, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) { return memalign(alignment, size); }
int posix_memalign(void** memory, std::size_t alignment, std::size_t size) {
  *memory = memalign(alignment, size);
  return *memory ? 0 : 12;
}
}
#endif

namespace backstep {
namespace {

template <typename Work>
long allocations_of(Work work) {
  const long before = allocations;
  work();
  return allocations - before;
}

// Ten layers of 100 neurons, the most a lesson has: Eigen computes large products another way.
std::string wide_program() {
  std::string text = "a0 = input(64, 100, seed=7)\n";
  for (int layer = 1; layer <= 3; ++layer) {
    const std::string n = std::to_string(layer), before = std::to_string(layer - 1);
    text += "W" + n + " = param(100, 100)\nb" + n + " = param(1, 100)\n";
    text += "a" + n + " = tanh(a" + before + " @ W" + n + " + b" + n + ")\n";
  }
  return text + "L = half_mse(a3, target(64, 100, init=\"zeros\"))\n";
}

// Uses every layer function and the losses that work along rows.
const char* const layered_program = R"(x = input(6, 70, seed=3)
W = param(70, 5)
a = dropout(gelu(batch_norm(x, param(1, 70, init="ones"), param(1, 70)) @ W), 0.3)
b = softmax(layer_norm(elu(a), param(1, 5, init="ones"), param(1, 5)))
l = log_softmax(silu(b) + leaky_relu(softplus(b)))
t = target(6, 5)
L = cross_entropy(l, t) + bce_with_logits(l, t) + bce(b, t) + huber(l, t) + mae(l, t)
)";

std::vector<std::string> all_programs() {
  std::vector<std::string> list(std::begin(programs), std::end(programs));
  list.push_back(wide_program());
  list.push_back(layered_program);
  return list;
}

class Allocation : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (!COUNTS_ALLOCATIONS) GTEST_SKIP() << "allocations cannot be counted here";
    ASSERT_GT(allocations_of([&] { timeline_.state(); }), 0) << "the counter does not count";
  }
  Timeline timeline_{read_program(GetParam()), 0.1};
};

TEST_P(Allocation, NoneInAWholePassOfSteps) {
  EXPECT_EQ(allocations_of([&] {
              for (int i = 0; i < 2 * timeline_.ticks() + 2; ++i) timeline_.step();
            }),
            0);
}

TEST_P(Allocation, NoneInSteppingBack) {
  timeline_.seek({2, 0});
  EXPECT_EQ(allocations_of([&] {
              while (timeline_.position() > timeline_.first()) timeline_.step_back();
            }),
            0);
}

TEST_P(Allocation, NoneInTrainingAndSeeking) {
  const bool is_wide = GetParam() == wide_program() || GetParam() == layered_program;
  const long updates = is_wide ? 50 : 20000;
  EXPECT_EQ(allocations_of([&] {
              timeline_.train(updates);
              timeline_.seek({updates / 3, 1});
              timeline_.seek({updates / 2, 2});
            }),
            0);
}

// A smaller last batch needs a graph of its own; one of the two graphs is in use at a time.
TEST(AllocationInBatches, NoneInTrainingAndSeeking) {
  if (!COUNTS_ALLOCATIONS) GTEST_SKIP() << "allocations cannot be counted here";
  backstep::Setup setup;
  setup.network = Network();
  setup.samples = draw_samples(*find_data_set("circle"), {.samples = 46});
  setup.training.batch_size = 5;
  setup.training.shuffle = true;
  Experiment experiment(setup);
  Timeline& timeline = experiment.timeline();
  EXPECT_EQ(allocations_of([&] {
              timeline.train(503);
              timeline.seek({104, 1});
              timeline.seek({210, 2});
              for (int i = 0; i < 12 * timeline.ticks(); ++i) timeline.step();
            }),
            0);
}

INSTANTIATE_TEST_SUITE_P(Programs, Allocation, testing::ValuesIn(all_programs()),
                         [](const auto& row) { return "program" + std::to_string(row.index); });

}  // namespace
}  // namespace backstep
