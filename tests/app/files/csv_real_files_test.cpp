// Files as pandas, R, Excel, Weka, numpy and the UCI repository write them, in several
// languages. Each is read as it is meant or refused in a sentence, and the reader says what it
// chose and left out.
#include <algorithm>

#include "app/documents/csv_source.h"
#include "tests/app/files/csv_files.h"

namespace backstep {
namespace {

struct Read {
  CsvTable table;
  CsvChoice choice;
  Samples samples;
  DataFacts facts;

  double highest_target() const {
    return *std::max_element(samples.targets.entries.begin(), samples.targets.entries.end());
  }
  std::string why(const std::string& column) const {
    for (const DataFacts::Column& each : facts.columns_left_out)
      if (each.name == column) return each.why;
    return "";
  }
  bool notes(const std::string& text) const {
    return std::any_of(facts.notes.begin(), facts.notes.end(),
                       [&](const std::string& note) { return note.find(text) != note.npos; });
  }
};

class RealFiles : public CsvFile {
 protected:
  Read read(const std::string& text, char decimal = 0) const {
    Read read;
    read.table = read_csv(written(text), decimal);
    read.choice = suggested_choice(read.table);
    read.samples = samples_of(read.table, read.choice);
    read.facts = facts_of(read.table, read.choice);
    return read;
  }
  std::string answer(const std::string& text) const { return mistake_as_suggested(written(text)); }
};

// `lines`, repeated `count` times.
std::string times(int count, const std::string& lines) {
  std::string text;
  for (int i = 0; i < count; ++i) text += lines;
  return text;
}

const std::string measured = "5.1,3.5,low\n6.4,2.4,high\n4.8,2.9,low\n8.1,2.1,high\n";

void expect_length_and_width(const Read& read, long rows) {
  EXPECT_EQ(read.choice.inputs, (Names{"length", "width"}));
  EXPECT_EQ(read.choice.target, "kind");
  EXPECT_EQ(read.samples.count(), rows);
  EXPECT_EQ(read.samples.class_names, (Names{"high", "low"}));
  EXPECT_EQ(read.choice.kind, TargetKind::classes);
}

// ---- row names, separators, encodings ---------------------------------------------

TEST_F(RealFiles, ThePandasIndexIsNotAnInput) {
  const Read once = read(
      ",length,width,kind\n0,5.1,3.5,low\n1,6.4,2.4,high\n2,4.8,2.9,low\n"
      "3,8.1,2.1,high\n");
  expect_length_and_width(once, 4);
  EXPECT_EQ(once.why("column 1"), "the rows' names");
  const Read twice = read(
      ",Unnamed: 0,length,width,kind\n0,0,5.1,3.5,low\n1,1,6.4,2.4,high\n"
      "2,2,4.8,2.9,low\n3,3,8.1,2.1,high\n");
  expect_length_and_width(twice, 4);
}

TEST_F(RealFiles, RowNamesOfRAreNotAnInput) {
  expect_length_and_width(
      read("\"\",\"length\",\"width\",\"kind\"\n\"Mazda RX4\",5.1,3.5,\"low\"\n"
           "\"Fiat\",6.4,2.4,\"high\"\n\"Opel\",4.8,2.9,\"low\"\n\"BMW\",8.1,2.1,\"high\"\n"),
      4);
  // R's write.table writes no header for the column of row names.
  for (const std::string between : {" ", ",", "\t"}) {
    std::string text =
        "\"length\" \"width\" \"kind\"\n\"1\" 5.1 3.5 \"low\"\n"
        "\"2\" 6.4 2.4 \"high\"\n\"3\" 4.8 2.9 \"low\"\n\"4\" 8.1 2.1 \"high\"\n";
    for (std::size_t at; between != " " && (at = text.find(' ')) != text.npos;)
      text.replace(at, 1, between);
    expect_length_and_width(read(text), 4);
  }
  const Read european = read(
      "\"\";\"mpg\";\"cyl\"\n\"a\";21,5;6\n\"b\";22,8;4\n\"c\";18,1;6\n"
      "\"d\";30,4;4\n");
  EXPECT_EQ(european.choice.inputs, Names{"mpg"});
  EXPECT_EQ(european.table.columns[1].numbers[0], 21.5);
}

TEST_F(RealFiles, SeparatorsAtLineEndsMakeNoColumn) {
  expect_length_and_width(read("length,width,kind,\n5.1,3.5,low,\n6.4,2.4,high,\n4.8,2.9,low,\n"
                               "8.1,2.1,high,\n"),
                          4);
  expect_length_and_width(read("length,width,kind,,,\n5.1,3.5,low\n6.4,2.4,high,,\n"
                               "4.8,2.9,low,,,\n8.1,2.1,high\n"),
                          4);
  expect_length_and_width(read("length,width,kind\n5.1,3.5,low,\n6.4,2.4,high,\n4.8,2.9,low,\n"
                               "8.1,2.1,high,\n"),
                          4);
}

TEST_F(RealFiles, TheSeparatorLineOfExcelIsObeyed) {
  const std::string rows =
      "length;width;kind\r\n5,1;3,5;low\r\n6,4;2,4;high\r\n4,8;2,9;low\r\n"
      "8,1;2,1;high\r\n";
  for (const char* start : {"sep=;\r\n", "\xef\xbb\xbfsep=;\r\n", "\"sep=;\"\r\n", "SEP=;\r\n", ""})
    expect_length_and_width(read(start + rows), 4);
  EXPECT_EQ(read("sep=;\r\n" + rows).table.lines[0], 3);
  EXPECT_TRUE(read(rows).notes("decimals have commas: length, width"));
}

TEST_F(RealFiles, TabsMayComeWithDecimalCommas) {
  expect_length_and_width(read("length\twidth\tkind\n5,1\t3,5\tlow\n6,4\t2,4\thigh\n"
                               "4,8\t2,9\tlow\n8,1\t2,1\thigh\n"),
                          4);
  expect_length_and_width(read("length|width|kind\n5.1|3.5|low\n6.4|2.4|high\n4.8|2.9|low\n"
                               "8.1|2.1|high\n"),
                          4);
}

TEST_F(RealFiles, EmptyRowsAreNotSamples) {
  expect_length_and_width(read("length,width,kind\n" + measured + ",,\n" + measured + "\n,,\n,,\n"),
                          8);
}

TEST_F(RealFiles, EncodingsOfExcelAreUnderstood) {
  const std::string latin =
      "gr\xf6\xdf"
      "e;temp \xb0;art\n1,5;2,5;hei\xdf\n2,5;3,5;k\xfchl\n"
      "1,7;2,2;hei\xdf\n2,9;3,1;k\xfchl\n";
  const Read german = read(latin);
  EXPECT_EQ(german.table.names(), (Names{"größe", "temp °", "art"}));
  EXPECT_EQ(german.samples.class_names, (Names{"heiß", "kühl"}));
  EXPECT_TRUE(german.notes("Windows-1252"));
  std::string wide = "\xff\xfe", narrow = "x\tähm\ty\r\n1\t2\ta\r\n3\t4\tb\r\n2\t2\ta\r\n";
  for (std::size_t at; (at = narrow.find("ä")) != narrow.npos;) narrow.replace(at, 2, "\xe4");
  for (char c : narrow) wide += c, wide += '\0';
  const Read utf16 = read(wide);
  EXPECT_EQ(utf16.table.names(), (Names{"x", "ähm", "y"}));
  EXPECT_EQ(utf16.samples.count(), 3);
}

// ---- numbers for people -----------------------------------------------------------

TEST_F(RealFiles, PricesAreNumbersHoweverTheyAreWritten) {
  struct Case {
    const char* what;
    std::string text;
    double highest;
  };
  for (const auto& [what, text, highest] : {
           Case{"US", "area,price\n50,\"100,000\"\n53,\"107,037\"\n56,\"114,074\"\n", 114074},
           {"dollars", "area,price\n50,$100.50\n53,\"$1,107.50\"\n56,$114.50\n", 1107.5},
           {"small and large", "area,price\n50,900\n53,\"1,100\"\n56,\"1,200\"\n", 1200},
           {"German", "fläche;preis\n50,5;100.000\n53,5;107.037\n56,5;114.074\n", 114074},
           {"German cents", "fläche;preis\n50;1.234,56\n53;950,00\n56;2.000,10\n", 2000.1},
           {"euros", "fläche;preis\n50;1.234,56 €\n53;950,00 €\n56;2.000,10 €\n", 2000.1},
           {"whole euros", "fläche;preis\n50;1.234 €\n53;950 €\n56;2.000 €\n", 2000},
           {"French", "surface;prix\n50;1 234,56 €\n53;950,00 €\n56;2 000,10 €\n", 2000.1},
           {"narrow", "surface;prix\n50;1\u202f234,56\u00a0€\n53;950,00 €\n56;2\u202f000,10 €\n",
            2000.1},
           {"Swiss", "flaeche;preis\n50;CHF 1'234.50\n53;CHF 950.00\n56;CHF 2'000.10\n", 2000.1},
           {"Swedish", "yta;pris\n50;1 234 kr\n53;950 kr\n56;2 000 kr\n", 2000},
           {"Indian", "area,price\n500,\"1,00,000\"\n530,\"12,50,000\"\n560,\"2,00,000\"\n",
            1250000},
           {"percent", "area,rate\n50,12.5%\n53,7.25%\n56,9%\n", 12.5},
       }) {
    const Read prices = read(text);
    EXPECT_EQ(prices.choice.kind, TargetKind::numbers) << what;
    EXPECT_EQ(prices.samples.count(), 3) << what;
    EXPECT_EQ(prices.highest_target(), highest) << what;
    EXPECT_EQ(prices.choice.inputs.size(), 1u) << what;
  }
  EXPECT_TRUE(read("area,price\n50,$1.5\n53,$2.5\n").notes("price in $"));
  EXPECT_TRUE(read("a,p\n50,\"1,100\"\n53,\"2,500\"\n").notes("thousands have marks"));
}

TEST_F(RealFiles, NumbersThatCouldBeThousandsOrDecimalsAreAsked) {
  const std::string either = "a;y\n1.234;2.345\n2.345;3.456\n4.111;2.222\n";
  EXPECT_EQ(answer(either),
            "line 2, column 1 (a): '1.234' has thousands or decimals, and nothing in the file says "
            "which; \"decimal\": \".\" or \"decimal\": \",\" in a session does");
  EXPECT_EQ(read(either, ',').highest_target(), 3456);
  EXPECT_EQ(read(either, '.').highest_target(), 3.456);
  EXPECT_EQ(read("a,y\n1.234,2.345\n2.345,3.456\n4.111,2.222\n").highest_target(), 3.456)
      << "where commas separate, points are decimals";
  EXPECT_EQ(read("a;b;y\n1.234;0.5;2.345\n2.345;0.7;3.456\n").highest_target(), 3.456)
      << "another column has decimal points";
}

TEST_F(RealFiles, OneWrongCellAmongNumbersIsReported) {
  EXPECT_EQ(answer("a,y\n" + times(5, "1,2.5\n") + "2,abc\n"),
            "line 7, column 2 (y): 'abc' is not a number; a target of text can only be classes");
  EXPECT_EQ(answer("a,y\n" + times(5, "1.5,0\n2.5,1\n") + "x,1\n"),
            "line 12, column 1 (a): 'x' is not a number");
  EXPECT_EQ(answer("a,y\n" + times(5, "$1.5,0\n$2.5,1\n") + "€3,1\n"),
            "line 12, column 1 (a): '€3' is not a number in $ as others of its column are");
  EXPECT_EQ(answer("a,y\n" + times(5, "1.5,0\n2.5,1\n") + "\"3,5\",1\n"),
            "line 12, column 1 (a): '3,5' is not a number where decimals are written with a point, "
            "as others of its column are");
  EXPECT_EQ(mistake_in_text("area,price\n50,100,000\n53,107,037\n"),
            "line 2: 3 cells, but there are 2 columns; a cell that holds a comma stands in quotes");
}

// ---- missing cells ----------------------------------------------------------------

TEST_F(RealFiles, RowsWithMissingCellsAreLeftOutAndCounted) {
  for (const char* word : {"", "NA", "N/A", "?", "nan", "NULL", "-", "."}) {
    const Read prices = read("size,rooms,price\n94,5,284033\n125,1,313117\n254,4," +
                             std::string(word) + "\n" + word + ",1,482200\n67,1,189416\n");
    EXPECT_EQ(prices.choice.kind, TargetKind::numbers) << word;
    EXPECT_EQ(prices.samples.count(), 3) << word;
    EXPECT_EQ(prices.facts.rows_left_out, 2) << word;
    EXPECT_EQ(prices.facts.why_rows, "a cell is missing: size 1, price 1; the first in line 4")
        << word;
  }
  for (const char* word : {"", "NA", "?", "nan"}) {
    const Read kinds = read("length,width,kind\n" + measured + "1,2," + word + "\n");
    EXPECT_EQ(kinds.samples.class_names, (Names{"high", "low"})) << word;
    EXPECT_EQ(kinds.samples.count(), 4) << word;
  }
  EXPECT_EQ(read("a,b,y\n" + times(4, "1,2,+\n2,1,-\n")).samples.class_names, (Names{"+", "-"}));
}

TEST_F(RealFiles, MissingInputsAreFilledInIfChosen) {
  const CsvTable table =
      read_csv(written("a,k,y,split\n1,p,0,train\n2,p,1,train\n6,q,0,train\n"
                       ",,1,train\n6,q,1,train\n,p,0,test\n9,q,,test\n"));
  CsvChoice choice{.inputs = {"a", "k"}, .target = "y", .split = "split", .one_hot = true};
  for (const auto& [missing, number] :
       {std::pair{Missing::mean, 3.75}, {Missing::median, 4.0}, {Missing::most_frequent, 6.0}}) {
    choice.missing = missing;
    const Samples samples = samples_of(table, choice);
    ASSERT_EQ(samples.count(), 6) << "a row without its target is left out";
    EXPECT_EQ(samples.input_names, (Names{"a", "k = p", "k = q"}));
    EXPECT_EQ(samples.inputs.entries[3 * 3], number) << "computed from the training rows alone";
    EXPECT_EQ(samples.inputs.entries[3 * 3 + 1], 1)
        << "the most frequent text, or the first of two";
    EXPECT_EQ(samples.inputs.entries[5 * 3], number);
  }
  EXPECT_EQ(facts_of(table, choice).rows_left_out, 1);
  choice.missing = Missing::leave_out;
  EXPECT_EQ(samples_of(table, choice).count(), 4);
}

TEST_F(RealFiles, FilesWithTooFewCompleteRowsAreRefused) {
  EXPECT_EQ(answer("a,b,y\n1.5,,0\n,2.5,1\n1.7,,0\n,2.6,1\n1.8,2.8,1\n"),
            "4 of 5 rows have a missing cell, most of them in column 1 (a); choose other inputs, "
            "or fill such cells in, \"missing\": \"mean\"");
  const Read cabin = read("a,cabin,y\n1.5,,0\n2.5,,1\n1.7,3,0\n2.2,,1\n");
  EXPECT_EQ(cabin.choice.inputs, Names{"a"});
  EXPECT_EQ(cabin.why("cabin"), "3 of 4 cells are missing");
}

// ---- headers ----------------------------------------------------------------------

TEST_F(RealFiles, FilesWithoutAHeaderLoseNoRow) {
  const Read iris =
      read(times(3, "5.1,3.5,1.4,0.2,Iris-setosa\n7.0,3.2,4.7,1.4,Iris-versicolor\n"));
  EXPECT_EQ(iris.samples.count(), 6);
  EXPECT_EQ(iris.choice.target, "column 5");
  EXPECT_TRUE(iris.notes("no header"));
  EXPECT_EQ(read("5.1,5.1,low\n" + measured).samples.count(), 5) << "repeated values";
  EXPECT_EQ(read("1,2,0\n3,4,1\n2,2,0\n").samples.count(), 3);
  const Read votes = read(times(3, "democrat,n,y\nrepublican,y,n\n"));
  EXPECT_EQ(votes.samples.count(), 6) << "texts that are repeated below are not names";
  const Read cars = read(times(4, "vhigh,2,small,unacc\nlow,4,big,acc\nlow,5more,big,acc\n"));
  EXPECT_EQ(cars.samples.count(), 12);
  EXPECT_TRUE(cars.choice.one_hot) << "the table has only texts";
}

TEST_F(RealFiles, NamesThatAreNumbersAreAHeader) {
  const Read years = read("country,1990,1991,1992\na,5.5,6.5,7.5\nb,2.5,3.5,1.5\nc,1.5,2.2,3.1\n");
  EXPECT_EQ(years.table.names(), (Names{"country", "1990", "1991", "1992"}));
  EXPECT_EQ(read("0,1,2\n5.5,6.5,1\n2.5,3.5,0\n").samples.count(), 2) << "pandas without names";
}

TEST_F(RealFiles, CommentsAboveTablesAreSkipped) {
  const Read weka = read(
      "% 1. Title: Iris\n@RELATION iris\n\n@ATTRIBUTE length REAL\n"
      "@ATTRIBUTE 'petal width' NUMERIC\n@ATTRIBUTE class {a,b}\n\n@DATA\n" +
      times(3, "5.5,1.5,a\n4.5,2.5,b\n"));
  EXPECT_EQ(weka.table.names(), (Names{"length", "petal width", "class"}));
  EXPECT_EQ(weka.samples.count(), 6);
  EXPECT_EQ(weka.table.lines[0], 9);
  const Read numpy = read("# x1 x2 y\n1.5e+00 2.5e+00 3.5e+00\n2.5e+00 1.5e+00 2.0e+00\n");
  EXPECT_EQ(numpy.table.names(), (Names{"x1", "x2", "y"}));
  EXPECT_EQ(numpy.samples.count(), 2);
  EXPECT_EQ(read("# made by hand, in 2020\nlength,width,kind\n" + measured).samples.count(), 4);
  const Read pokemon = read(
      "#,Name,HP,Legendary\n1,Bulbasaur,45,False\n2,Ivysaur,60,True\n"
      "3,Venusaur,80,False\n4,Mew,81,True\n");
  EXPECT_EQ(pokemon.choice.inputs, Names{"HP"});
  EXPECT_EQ(pokemon.choice.target, "Legendary");
}

TEST_F(RealFiles, BlanksMaySeparateColumns) {
  const Read autos = read(
      "18.0   8   307.0      130.0      3504.      12.0   70  1\t\"chevrolet chevelle malibu\"\n"
      "15.0   8   350.0      165.0      3693.      11.5   70  1\t\"buick skylark 320\"\n"
      "25.0   4   98.00      ?          2046.      19.0   71  2\t\"ford pinto\"\n"
      "27.0   4   97.00      88.00      2130.      14.5   71  2\t\"datsun pl510\"\n"
      "26.0   4   97.00      46.00      1835.      20.5   70  2\t\"vw 1131 deluxe sedan\"\n"
      "30.0   4   97.00      46.00      1835.      20.5   70  1\t\"another one\"\n"
      "31.0   4   97.00      46.00      1835.      20.5   70  1\t\"and another\"\n"
      "32.0   4   97.00      46.00      1835.      20.5   70  1\t\"and more\"\n");
  EXPECT_EQ(autos.table.columns.size(), 9u);
  EXPECT_EQ(autos.samples.count(), 7);
  EXPECT_EQ(autos.facts.why_rows, "a cell is missing: column 4 1; the first in line 3");
  const Read housing =
      read(" 0.00632  18.00   2.310  0  24.00\n 0.02731   0.00   7.070  0  21.60\n");
  EXPECT_EQ(housing.samples.count(), 2);
  EXPECT_EQ(housing.highest_target(), 24);
}

TEST_F(RealFiles, RepeatedNamesAreMadeDistinct) {
  EXPECT_EQ(read("x,x,y\n1,2,0\n3,4,1\n").table.names(), (Names{"x", "x (column 2)", "y"}));
}

// ---- targets and inputs -----------------------------------------------------------

TEST_F(RealFiles, PricesOfEightHousesAreNumbers) {
  const Read houses = read(
      "size,price\n2104,399900\n1600,329900\n2400,369000\n1416,232000\n"
      "3000,539900\n1985,299900\n1534,314900\n1427,198999\n");
  EXPECT_EQ(houses.choice.kind, TargetKind::numbers);
  EXPECT_EQ(houses.highest_target(), 539900);
  EXPECT_EQ(read("a,n\n" + times(4, "1.5,1\n2.5,7\n3.5,3\n")).choice.kind, TargetKind::classes);
  EXPECT_EQ(read("a,n\n1.5,1\n2.5,7\n3.5,3\n4.5,5\n").choice.kind, TargetKind::numbers);
}

TEST_F(RealFiles, LabelsMayBeInAnyColumn) {
  EXPECT_EQ(read("Kind,length,width\n" + times(3, "low,5.1,3.5\nhigh,6.4,2.4\n")).choice.target,
            "Kind");
  EXPECT_EQ(read("city,size,price\n" + times(3, "rome,50,100.5\noslo,60,120.5\n")).choice.target,
            "price");
  const Read wine = read(times(4, "1,14.23,1.71,1065\n2,12.37,0.94,520\n3,12.86,1.35,630\n") +
                         "1,13.2,1.78,1050\n2,12.1,2.1,515\n3,13.1,2.2,590\n1,13.3,1.5,1185\n"
                         "2,12.4,1.1,700\n3,12.9,2.2,440\n1,13.9,1.6,1480\n2,12.2,1.3,680\n");
  EXPECT_EQ(wine.choice.target, "column 1");
  EXPECT_EQ(wine.samples.classes, 3);
  const Read cancer = read(
      "842302,M,17.99,10.38\n8510426,B,13.54,14.36\n84300903,M,19.69,21.25\n"
      "8670,B,12.45,15.7\n925622,M,15.22,30.62\n906024,B,7.76,24.54\n");
  EXPECT_EQ(cancer.choice.target, "column 2");
  EXPECT_EQ(cancer.choice.inputs, (Names{"column 3", "column 4"}));
  EXPECT_EQ(cancer.why("column 1"), "like an id: nearly every row has its own");
}

TEST_F(RealFiles, TitanicIsRead) {
  std::string text =
      "PassengerId,Survived,Pclass,Name,Sex,Age,SibSp,Parch,Ticket,Fare,Cabin,Embarked\r\n";
  for (int i = 1; i <= 20; ++i)
    text += std::to_string(i) + "," + std::to_string(i % 2) + ",3,\"Braund, Mr. \"\"Owen\"\" " +
            std::to_string(i) + "\"," + (i % 3 ? "male" : "female") + "," +
            (i % 5 ? std::to_string(20 + i) : "") + ",1,0,A/5 2117" + std::to_string(i) + "," +
            std::to_string(7 + i) + ".25," + (i == 3 ? "C85" : "") + "," + (i % 2 ? "S" : "C") +
            "\r\n";
  const Read titanic = read(text);
  EXPECT_EQ(titanic.choice.target, "Survived");
  EXPECT_EQ(titanic.choice.inputs, (Names{"Pclass", "Age", "SibSp", "Parch", "Fare"}));
  EXPECT_EQ(titanic.samples.count(), 16);
  EXPECT_EQ(titanic.facts.why_rows, "a cell is missing: Age 4; the first in line 6");
  EXPECT_EQ(titanic.why("PassengerId"), "an id: nearly every row has its own");
  EXPECT_EQ(titanic.why("Sex"), "text of 2 kinds");
  EXPECT_EQ(titanic.why("Cabin"), "19 of 20 cells are missing");
}

TEST_F(RealFiles, TextsBecomeColumnsIfChosen) {
  const CsvTable table = read_csv(
      written("sex,when,ok,age,y\n" + times(3, "m,2020-01-02,yes,30,0\nf,2020-02-03,no,40,1\n")));
  CsvChoice choice = suggested_choice(table);
  EXPECT_EQ(choice.inputs, (Names{"ok", "age"}));
  EXPECT_EQ(why_no_input(table, 0, false), "text of 2 kinds");
  EXPECT_EQ(why_no_input(table, 1, false), "dates");
  choice.one_hot = true;
  choice.inputs = suggested_inputs(table, "y", "", true);
  choice.train_fraction = 1;
  const Samples samples = samples_of(table, choice);
  EXPECT_EQ(samples.input_names, (Names{"sex = f", "sex = m", "ok", "age"}));
  for (std::size_t row = 0; row < 6; ++row) {
    const double age = samples.inputs.entries[4 * row + 3];
    EXPECT_EQ(samples.inputs.entries[4 * row], age == 40) << row;
    EXPECT_EQ(samples.inputs.entries[4 * row + 1], age == 30) << row;
    EXPECT_EQ(samples.inputs.entries[4 * row + 2], age == 30) << "yes is 1";
  }
  choice.one_hot = false;
  EXPECT_EQ(mistake_with(written("sex,y\nm,0\nf,1\n"), {.inputs = {"sex"}, .target = "y"}),
            "line 2, column 1 (sex): 'm' is not a number; \"one_hot\": true makes a column of 0 "
            "and 1 of every text");
}

}  // namespace
}  // namespace backstep
