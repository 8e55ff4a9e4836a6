// Samples are made from the chosen columns of a table, and cells that do not fit are reported
// with their place.
#include <algorithm>
#include <cmath>
#include <iterator>

#include "app/documents/csv_source.h"
#include "core/base/random.h"
#include "tests/app/files/csv_files.h"

namespace backstep {
namespace {

using CsvSamples = CsvFile;

// ---- cells that are refused -----------------------------------------------------------

TEST_F(CsvSamples, MissingCellsMatterWhereTheyAreNeeded) {
  const CsvTable read = read_csv(kept("missing.csv"));
  EXPECT_EQ(samples_of(read, {.inputs = {"x1", "x2"}, .target = "y"}).count(), 2);
  EXPECT_EQ(samples_of(read, {.inputs = {"x1"}, .target = "y"}).count(), 3);
  EXPECT_EQ(
      samples_of(read, {.inputs = {"x1"}, .target = "y", .kind = TargetKind::numbers}).count(), 3);
  EXPECT_EQ(mistake_with(kept("missing.csv"), {.inputs = {"x1"}, .target = "note"}),
            "3 of 4 rows have a missing cell, most of them in column 3 (note); choose another "
            "target");
  EXPECT_EQ(mistake_with_text("a,b,y\n1,,0\n2,,1\n", {.inputs = {"a"}, .target = "y"}),
            "no mistake");
}

TEST_F(CsvSamples, TextWhereANumberIsNeededIsReported) {
  EXPECT_EQ(mistake_with(kept("stray_text.csv"), {.inputs = {"age", "height"}, .target = "y"}),
            "line 3, column 2 (height): 'tall' is not a number");
  EXPECT_EQ(mistake_as_suggested(kept("stray_text.csv")),
            "line 3, column 2 (height): 'tall' is not a number")
      << "a column mostly of numbers was meant to be an input";
  EXPECT_EQ(mistake_with(kept("flowers.csv"),
                         {.inputs = {"sepal"}, .target = "species", .kind = TargetKind::numbers}),
            "line 2, column 4 (species): 'setosa' is not a number; a target of text can only be "
            "classes");
}

TEST_F(CsvSamples, LongTextsAreShortenedInMessages) {
  const std::string says = mistake_with_text("h,y\n\"a\nb" + std::string(1000, 'z') + "\",0\n",
                                             {.inputs = {"h"}, .target = "y"});
  EXPECT_TRUE(says.starts_with("line 2, column 1 (h): 'a b" + std::string(37, 'z') +
                               "…' is not a number"))
      << says;
}

TEST_F(CsvSamples, NumbersThatAreNotFiniteAreReported) {
  const fs::path path = kept("infinite.csv");
  const auto with = [&](const char* input) {
    return mistake_with(path, {.inputs = {input}, .target = "y", .kind = TargetKind::numbers});
  };
  EXPECT_EQ(with("b"), "line 2, column 2 (b): 'inf' is not a finite number");
  EXPECT_EQ(with("c"), "no mistake") << "NaN says that a number is missing";
  EXPECT_EQ(with("a"), "line 4, column 1 (a): '1e999' is not a finite number");
}

// ---- choices that are refused ---------------------------------------------------------

TEST_F(CsvSamples, UnknownColumnsAreReported) {
  const fs::path path = kept("flowers.csv");
  EXPECT_EQ(mistake_with(path, {.inputs = {"sepla"}, .target = "species"}),
            "there is no column 'sepla'; did you mean 'sepal'?");
  EXPECT_EQ(mistake_with(path, {.inputs = {"sepal"}, .target = "colour"}),
            "there is no column 'colour'; the columns are id, sepal, petal, species");
  EXPECT_EQ(mistake_with(path, {.inputs = {"sepal"}, .target = "species", .split = "splt"}),
            "there is no column 'splt'; the columns are id, sepal, petal, species");
}

TEST_F(CsvSamples, ChoicesThatMakeNoSenseAreReported) {
  const fs::path path = kept("flowers.csv");
  EXPECT_EQ(mistake_with(path, {.target = "species"}), "no column is chosen as an input");
  EXPECT_EQ(mistake_with(path, {.inputs = {"sepal"}}), "no column is chosen as the target");
  EXPECT_EQ(mistake_with(path, {.inputs = {"petal", "sepal"}, .target = "petal"}),
            "column 3 (petal) is chosen twice, as the target and as an input");
  EXPECT_EQ(mistake_with(path, {.inputs = {"sepal", "sepal"}, .target = "petal"}),
            "column 2 (sepal) is chosen twice, as an input and as an input");
  for (double fraction : {0.0, -1.0, 1.5, std::nan("")})
    EXPECT_EQ(
        mistake_with(path, {.inputs = {"sepal"}, .target = "species", .train_fraction = fraction}),
        "the fraction for training must be more than 0 and at most 1");
}

TEST_F(CsvSamples, ClassesMustBeTwoToAHundred) {
  EXPECT_EQ(mistake_with_text("x,y\n1,cat\n2,cat\n", {.inputs = {"x"}, .target = "y"}),
            "column 2 (y): every row is of the class 'cat', and two classes at least are needed");
  EXPECT_EQ(mistake_with_text("x,y\n1,1.0\n2,1\n", {.inputs = {"x"}, .target = "y"}),
            "column 2 (y): every row is of the class '1', and two classes at least are needed");
  std::string numbers = "x,y,z\n";
  for (int i = 0; i < 100; ++i)
    numbers += "1," + std::to_string(i) + ",c" + std::to_string(i) + "\n";
  EXPECT_EQ(mistake_with_text(numbers, {.inputs = {"x"}, .target = "y"}), "no mistake");
  EXPECT_EQ(mistake_with_text(numbers, {.inputs = {"x"}, .target = "z"}), "no mistake");
  numbers += "1,100,c100\n";
  EXPECT_EQ(mistake_with_text(numbers, {.inputs = {"x"}, .target = "y"}),
            "column 2 (y): 101 different cells are too many classes; 100 are the most");
  EXPECT_EQ(mistake_with_text(numbers, {.inputs = {"x"}, .target = "z"}),
            "column 3 (z): 101 different cells are too many classes; 100 are the most");
}

TEST_F(CsvSamples, InvalidSplitsAreReported) {
  const CsvChoice choice{.inputs = {"x"}, .target = "y", .split = "s"};
  EXPECT_EQ(mistake_with_text("x,y,s\n1,0,train\n2,1,valid\n", choice),
            "line 3, column 3 (s): 'valid' is neither train nor test");
  EXPECT_EQ(mistake_with_text("x,y,s\n1,0,train\n2,1,\n", choice),
            "line 3, column 3 (s): the cell is empty");
  EXPECT_EQ(mistake_with_text("x,y,s\n1,0,0\n2,1,1\n", choice),
            "line 2, column 3 (s): '0' is neither train nor test");
  EXPECT_EQ(mistake_with_text("x,y,s\n1,0,test\n2,1,test\n", choice),
            "column 3 (s): no row says train, and one at least is needed");
}

// ---- suggestions ----------------------------------------------------------------------

TEST_F(CsvSamples, SuggestsTheLastColumnOrOneNamedLikeATarget) {
  const CsvChoice flowers = suggested_choice(read_csv(kept("flowers.csv")));
  EXPECT_EQ(flowers.target, "species");
  EXPECT_EQ(flowers.inputs, (Names{"sepal", "petal"})) << "an id is not an input";
  EXPECT_EQ(flowers.split, "");
  EXPECT_EQ(flowers.kind, TargetKind::classes);
  for (const char* name : {"y", "Label", "CLASS", "target"})
    EXPECT_EQ(suggested_choice(table("a," + std::string(name) + ",b\n1,2,3\n")).target, name);
  const CsvChoice two = suggested_choice(table("y,label,x\n1,0,3\n2,1,4\n"));
  EXPECT_EQ(two.target, "label") << "y may be a coordinate";
  EXPECT_EQ(two.inputs, (Names{"y", "x"}));
}

TEST_F(CsvSamples, SuggestsTheColumnOfASplit) {
  const CsvChoice choice = suggested_choice(read_csv(kept("with_split.csv")));
  EXPECT_EQ(choice, (CsvChoice{.inputs = {"x1", "x2"}, .target = "y", .split = "split"}));
  EXPECT_EQ(suggested_choice(table("a,b,split\n1,2,train\n3,4,test\n")).target, "b");
  EXPECT_EQ(suggested_choice(table("a,b,split\n1,2,left\n3,4,right\n")).split, "");
}

TEST_F(CsvSamples, SuggestsClassesForTextAndForFewWholeNumbers) {
  const auto kind_for = [&](const std::vector<std::string>& cells) {
    std::string text = "x,y\n";
    for (const std::string& cell : cells) text += "1," + cell + "\n";
    return suggested_choice(table(text)).kind;
  };
  std::vector<std::string> ten, eleven, mostly = {"one"};
  for (int i = 0; i < 11; ++i) (i < 10 ? ten : eleven).push_back(std::to_string(i));
  eleven.insert(eleven.end(), ten.begin(), ten.end());
  for (int i = 0; i < 200; ++i) mostly.push_back(std::to_string(i) + ".5");
  EXPECT_EQ(kind_for({"a", "b"}), TargetKind::classes);
  EXPECT_EQ(kind_for({"-1", "1", "1.0"}), TargetKind::classes);
  EXPECT_EQ(kind_for({"0.5", "1"}), TargetKind::numbers);
  EXPECT_EQ(kind_for(ten), TargetKind::numbers) << "each only once";
  std::vector<std::string> twice = ten;
  twice.insert(twice.end(), ten.begin(), ten.end());
  EXPECT_EQ(kind_for(twice), TargetKind::classes);
  EXPECT_EQ(kind_for(eleven), TargetKind::numbers);
  EXPECT_EQ(kind_for({"1000", "2000", "3000", "1000", "2000", "3000"}), TargetKind::numbers)
      << "too large to number classes";
  EXPECT_EQ(kind_for(mostly), TargetKind::numbers) << "so that the stray text is reported";
}

// ---- samples --------------------------------------------------------------------------

TEST_F(CsvSamples, SamplesOfASplitKeepTheFilesOrder) {
  const CsvTable read = read_csv(kept("with_split.csv"));
  const Samples samples = samples_of(read, suggested_choice(read));
  EXPECT_EQ(samples.inputs, (Matrix{{5, 2}, {1.5, 2, 2.5, 3, 4.5, 5, 0.5, 1, 3.5, 4}}));
  EXPECT_EQ(samples.targets, (Matrix{{5, 1}, {1, 0, 1, 0, 1}}));
  EXPECT_EQ(samples.train, 3);
  EXPECT_EQ(samples.kind, TargetKind::classes);
  EXPECT_EQ(samples.classes, 2);
  EXPECT_EQ(samples.class_names, (Names{"-1", "1"}));
  EXPECT_EQ(samples.input_names, (Names{"x1", "x2"}));
  EXPECT_EQ(samples.target_name, "y");
}

TEST_F(CsvSamples, SamplesWithoutASplitAreShuffledBySeed) {
  const CsvTable read = read_csv(kept("flowers.csv"));
  CsvChoice choice{.inputs = {"petal", "id"}, .target = "species", .train_fraction = 0.7};
  const Samples samples = samples_of(read, choice);
  EXPECT_EQ(samples.train, 4);
  EXPECT_EQ(samples.classes, 3);
  EXPECT_EQ(samples.class_names, (Names{"setosa", "versicolor", "virginica"}));
  Numbers ids;
  for (std::size_t row = 0; row < 6; ++row) {
    const double id = samples.inputs.entries[2 * row + 1];
    const auto of = static_cast<std::size_t>(id) - 1;
    EXPECT_EQ(samples.inputs.entries[2 * row], read.columns[2].numbers[of]);
    EXPECT_EQ(samples.targets.entries[row], read.columns[3].classes[of]);
    ids.push_back(id);
  }
  EXPECT_NE(ids, (Numbers{1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(samples_of(read, choice).inputs, samples.inputs);
  choice.seed = 2;
  EXPECT_NE(samples_of(read, choice).inputs, samples.inputs);
  std::sort(ids.begin(), ids.end());
  EXPECT_EQ(ids, (Numbers{1, 2, 3, 4, 5, 6}));
}

TEST_F(CsvSamples, AtLeastOneSampleTrains) {
  const CsvTable read = read_csv(kept("flowers.csv"));
  EXPECT_EQ(
      samples_of(read, {.inputs = {"id"}, .target = "species", .train_fraction = 0.001}).train, 1);
}

TEST_F(CsvSamples, TargetsMayBeNumbers) {
  const CsvTable read = read_csv(kept("flowers.csv"));
  const Samples samples =
      samples_of(read, {.inputs = {"id"}, .target = "petal", .kind = TargetKind::numbers});
  EXPECT_EQ(samples.kind, TargetKind::numbers);
  EXPECT_TRUE(samples.class_names.empty());
  for (std::size_t row = 0; row < 6; ++row)
    EXPECT_EQ(samples.targets.entries[row],
              read.columns[2].numbers[static_cast<std::size_t>(samples.inputs.entries[row]) - 1]);
}

// ---- anything else --------------------------------------------------------------------

// The text of a file with some bytes changed, moved, lost or doubled.
std::string mutated(std::string text, Random& random) {
  constexpr std::string_view often = "\",;\t\r\n\n\"0-e.\xef\xbb\xbf\xff";
  const auto at = [&] {
    return static_cast<std::size_t>(random.uniform() * static_cast<double>(text.size()));
  };
  for (auto changes = random.bits() % 5; changes > 0 && !text.empty(); --changes) {
    const std::size_t place = at();
    switch (random.bits() % 5) {
      case 0:
        text[place] = static_cast<char>(random.bits() % 256);
        break;
      case 1:
        text[place] = often[random.bits() % often.size()];
        break;
      case 2:
        text.erase(place, random.bits() % 10);
        break;
      case 3:
        text.insert(place, 1, often[random.bits() % often.size()]);
        break;
      default:
        text.insert(place, text.substr(at(), random.bits() % 20));
    }
  }
  return text;
}

TEST_F(CsvSamples, AnyBytesAreReadOrRefusedInOneSentence) {
  std::vector<std::string> files;
  for (const auto& entry : fs::directory_iterator(kept(""))) {
    std::ifstream file(entry.path(), std::ios::binary);
    files.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  std::sort(files.begin(), files.end());
  Random random(2026);
  int right = 0, wrong = 0;
  for (std::size_t i = 0; i < 2000; ++i) {
    const fs::path path = written(mutated(files[i % files.size()], random));
    const std::string said = mistake(path, [&] {
      const CsvTable read = read_csv(path);
      ASSERT_GT(read.rows, 0);
      for (const CsvColumn& column : read.columns)
        ASSERT_EQ(
            static_cast<long>((column.numeric ? column.numbers.size() : column.classes.size())),
            read.rows);
      const Samples samples = samples_of(read, suggested_choice(read));
      ASSERT_LE(samples.count(), read.rows);
      ASSERT_GE(2 * samples.count(), read.rows);
      facts_of(read, suggested_choice(read));
      ASSERT_GE(samples.train, 1);
      for (double entry : samples.inputs.entries) ASSERT_TRUE(std::isfinite(entry));
      for (double entry : samples.targets.entries) ASSERT_TRUE(std::isfinite(entry));
    });
    ++(said == "no mistake" ? right : wrong);
  }
  EXPECT_GT(right, 100);
  EXPECT_GT(wrong, 200);
}

}  // namespace
}  // namespace backstep
