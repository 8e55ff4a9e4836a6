#include "app/explain/precision_words.h"

#include "app/explain/symbols.h"
#include "app/paint/numbers.h"
#include "core/base/text.h"

namespace backstep {
namespace {

std::string becomes(const BadNumber& bad) {
  switch (bad.spoilt) {
    case Spoilt::underflow:
      return "underflows to 0";
    case Spoilt::overflow:
      return bad.got < 0 ? "overflows to −∞" : "overflows to ∞";
    case Spoilt::not_a_number:
      return "is not a number";
  }
  return "";
}

}  // namespace

std::string bad_number_words(const Timeline& timeline, const BadNumber& bad) {
  const Graph& graph = timeline.graph();
  const Tick tick = timeline.tick(bad.tick);
  const std::string name =
      bad.phase == Phase::backward ? gradient_symbol(graph, bad.node) : symbol(graph, bad.node);
  const std::string op =
      bad.phase == Phase::update ? "update" : name_of(bad.phase) + std::string(" op");
  return text("{}{} {} at {} {}: exact {}", name,
              entry_symbol(graph.node(bad.node).value.shape, bad.entry), becomes(bad), op,
              tick.number, with_minus(scientific_number(bad.exact, 1)));
}

std::string bad_number_sign(const BadNumber& bad) {
  switch (bad.spoilt) {
    case Spoilt::underflow:
      return "0↓";
    case Spoilt::overflow:
      return bad.got < 0 ? "−∞" : "∞";
    case Spoilt::not_a_number:
      return "NaN";
  }
  return "";
}

}  // namespace backstep
