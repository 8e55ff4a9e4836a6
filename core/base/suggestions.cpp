#include "core/base/suggestions.h"

#include <algorithm>

#include "core/base/text.h"

namespace backstep {

namespace {

// Words from elsewhere and the name used here. Case and underscores do not matter:
// CrossEntropyLoss is cross_entropy_loss.
struct Synonyms {
  const char* words;
  const char* here;
};

constexpr Synonyms synonyms[] = {
    // functions
    {"max fmax amax", "maximum"},
    {"min fmin amin", "minimum"},
    {"clamp clipbyvalue", "clip"},
    {"cat concatenate hstack append", "concat"},
    {"ln", "log"},
    {"logistic sigma σ expit", "sigmoid"},
    {"swish", "silu"},
    {"absolute fabs", "abs"},
    {"root", "sqrt"},
    {"average avg", "mean"},
    {"addn", "sum"},
    {"ifelse iif cond select", "where"},
    {"parameter variable weight", "param"},
    {"placeholder data", "input"},
    {"batchnorm1d batchnorm2d batchnormalization", "batch_norm"},
    {"layernormalization", "layer_norm"},
    {"dropout1d dropout2d alphadropout", "dropout"},
    // losses
    {"mseloss meansquarederror l2loss", "mse"},
    {"l1loss maeloss meanabsoluteerror", "mae"},
    {"huberloss smoothl1loss smoothl1", "huber"},
    {"bceloss binarycrossentropy logloss", "bce"},
    {"bcewithlogitsloss bcewithlogit binarycrossentropywithlogits sigmoidcrossentropywithlogits",
     "bce_with_logits"},
    {"crossentropyloss categoricalcrossentropy softmaxcrossentropy softmaxcrossentropywithlogits",
     "cross_entropy"},
    // options of calls
    {"dim", "axis"},
    {"negativeslope", "slope"},
    {"amin min minvalue", "low"},
    {"amax max maxvalue", "high"},
    {"rate prob dropprob keepprob", "p"},
    {"beta", "delta"},
    // fields of sessions
    {"lr eta stepsize", "learning_rate"},
    {"batch", "batch_size"},
    {"wd l2 decay", "weight_decay"},
    {"hidden units neurons widths", "layers"},
    {"act nonlinearity", "activation"},
    {"criterion", "loss"},
    {"solver algorithm", "optimizer"},
    {"dataset", "data"},
    {"code source text", "program"},
    {"weights params", "parameters"},
    {"model net", "network"},
    {"name", "title"},
};

// Words from elsewhere without a name here, and how one writes that instead.
struct Writing {
  const char* words;
  const char* sentence;
};

constexpr Writing writings[] = {
    {"pow power", "a power is written x**2"},
    {"square sqr", "a square is written x**2"},
    {"matmul mm bmm mv dot inner", "a product of matrices is written x @ W"},
    {"mul multiply", "a product is written a * b, and of matrices x @ W"},
    {"add", "a sum is written a + b"},
    {"sub subtract", "a difference is written a - b"},
    {"div divide truedivide", "a quotient is written a / b"},
    {"neg negative", "the negative of x is written -x"},
    {"reciprocal", "the reciprocal is written 1 / x"},
    {"rsqrt", "that is written 1 / sqrt(x)"},
    {"norm", "a norm is written sqrt(sum(x * x))"},
    {"var variance", "a variance is written mean((x - mean(x))**2)"},
    {"std stddev", "a standard deviation is written sqrt(mean((x - mean(x))**2))"},
    {"log2", "log is the natural logarithm: write log(x) / log(2)"},
    {"log10", "log is the natural logarithm: write log(x) / log(10)"},
    {"logsigmoid", "log(sigmoid(x)) keeps its digits as -softplus(-x)"},
    {"logsumexp", "that is written log(sum(exp(x), axis=1))"},
    {"relu6", "that is written clip(x, 0, 6)"},
    {"nll nllloss",
     "cross_entropy(z, t) takes the logits; of log_p = log_softmax(z) it is -mean(sum(t * log_p, "
     "axis=1))"},
    {"gt ge lt le eq ne greater less greaterequal lessequal equal notequal",
     "a comparison is written a > b"},
    {"heaviside", "a step is written x > 0"},
    {"vstack stack", "one above the other is written concat(a, b, axis=0)"},
    {"transpose t permute swapaxes", "a transpose is written x.T"},
    {"linear dense fc affine", "a layer is written x @ W + b"},
    {"sequential module model",
     "a network is written line by line, h = relu(x @ W + b), each op by its name"},
    {"tensor array asarray matrix constant floattensor fromnumpy",
     "numbers are written input([[0.5, 0.8]]), target([[1.0]]) or param([[0.5]])"},
    {"zeros zeroslike", "zeros are written param(2, 3, init=\"zeros\")"},
    {"ones oneslike", "ones are written param(2, 3, init=\"ones\")"},
    {"randn normal", "random numbers are written param(2, 3, init=\"normal\")"},
    {"rand random uniform", "random numbers are written param(2, 3, init=\"uniform\")"},
    {"reshape view flatten squeeze unsqueeze",
     "a value keeps its rows and columns; x.T, x[0:1] and concat(a, b) make others"},
    {"argmax argmin", "there is none here, as no gradient passes through it"},
    {"print", "nothing is printed: the inspector shows every value"},
    {"backward grad autograd", "the backward pass is run without being asked for"},
    {"step zerograd", "training runs the updates: nothing is written of it"},
    {"item numpy detach cpu cuda to float double", "a value is used as it is"},
    {"shape size len ndim", "the graph shows every shape, and a program does not need it"},
    // words of Python
    {"import from", "functions stand alone, as tanh(x), and nothing is imported"},
    {"def lambda class return",
     "a program is lines such as z = x @ W + b, and defines no functions"},
    {"for while", "a program is run once a pass, and has no loops"},
    {"if else elif", "a choice is written where(c, a, b)"},
    {"and", "of two comparisons write the product, (a > b) * (c > d)"},
    {"or", "of two comparisons write maximum(a > b, c > d)"},
    {"not", "write 1 - (a > b)"},
    {"true", "write 1"},
    {"false none", "write 0"},
    {"with", "a line is name = expression"},
};

// How many letters are wrong, missing, superfluous or swapped with their neighbour
// (Damerau and Levenshtein), regardless of case.
std::size_t distance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before.swap(last);
    last.swap(row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const auto same = [&](std::size_t x, std::size_t y) {
        return lower_case(a[x]) == lower_case(b[y]);
      };
      row[j] = std::min({last[j - 1] + (same(i - 1, j - 1) ? 0 : 1), last[j] + 1, row[j - 1] + 1});
      if (i > 1 && j > 1 && same(i - 1, j - 2) && same(i - 2, j - 1))
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
  }
  return row[b.size()];
}

// "crossentropyloss" for "CrossEntropyLoss" and for "cross_entropy_loss".
std::string bare(std::string_view word) {
  std::string letters;
  for (char c : word)
    if (c != '_') letters += lower_case(c);
  return letters;
}

// Whether the bare `word` is one of `words`, which are separated by spaces.
bool holds(std::string_view words, const std::string& word) {
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    if (words.substr(0, end) == word) return true;
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return false;
}

}  // namespace

std::string how_it_is_written(std::string_view word) {
  const std::string meant = bare(word);
  for (const Writing& row : writings)
    if (holds(row.words, meant)) return row.sentence;
  return "";
}

std::string synonym(std::string_view word, const std::vector<std::string>& known) {
  const std::string meant = bare(word);
  for (const std::string& name : known)
    if (bare(name) == meant) return name;
  for (const Synonyms& row : synonyms)
    if (holds(row.words, meant) && std::find(known.begin(), known.end(), row.here) != known.end())
      return row.here;
  return "";
}

std::string suggestion(const std::string& word, const std::vector<std::string>& known,
                       const std::string& introduction) {
  constexpr std::size_t longest_list = 30, longest_name = 60;
  std::string closest = synonym(word, known);
  // A name of one or two letters is another name after any change.
  std::size_t least = word.size() > longest_name || !closest.empty() ? 0 : word.size() / 3 + 1;
  for (const std::string& name : known) {
    if (least == 0 || name.size() > longest_name) continue;
    const std::size_t changes = distance(word, name);
    if (changes >= least) continue;
    least = changes;
    closest = name;
  }
  if (!closest.empty()) return text("; did you mean '{}'?", closest);
  if (known.empty()) return "";
  std::vector<std::string> listed;
  for (std::size_t i = 0; i < std::min(known.size(), longest_list); ++i)
    listed.push_back(known[i].size() <= longest_name ? known[i] : "…");
  if (known.size() > longest_list) listed.push_back("…");
  return introduction + joined(listed);
}

}  // namespace backstep
