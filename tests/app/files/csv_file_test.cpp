// Tables are read whatever program wrote them, and a mistake in a file is reported with its
// place.
#include <chrono>
#include <cmath>
#include <cstdio>

#include "core/base/random.h"
#include "tests/app/files/csv_files.h"

namespace backstep {
namespace {

// ---- what is read -----------------------------------------------------------------

TEST_F(CsvFile, NumbersAndTextsAreReadIntoColumns) {
  const CsvTable flowers = read_csv(kept("flowers.csv"));
  EXPECT_EQ(flowers.rows, 6);
  EXPECT_EQ(flowers.names(), (Names{"id", "sepal", "petal", "species"}));
  EXPECT_TRUE(flowers.columns[1].numeric);
  EXPECT_EQ(flowers.columns[1].numbers, (Numbers{5.1, 4.9, 7, 6.4, 6.3, 5.8}));
  EXPECT_FALSE(flowers.columns[3].numeric);
  EXPECT_EQ(flowers.columns[3].class_names, (Names{"setosa", "versicolor", "virginica"}));
  EXPECT_EQ(flowers.columns[3].classes, (std::vector<int>{0, 0, 1, 1, 2, 2}));
  EXPECT_EQ(flowers.find("petal"), 2);
  EXPECT_EQ(flowers.find("Petal"), -1);
  EXPECT_EQ(flowers.lines, (std::vector<int>{2, 3, 4, 5, 6, 7}));
}

TEST_F(CsvFile, QuotesLineEndsInCellsAndBlankLinesAreUnderstood) {
  const CsvTable quotes = read_csv(kept("quotes.csv"));
  EXPECT_EQ(quotes.names(), (Names{"x, in cm", "a", "name"}));
  ASSERT_EQ(quotes.rows, 3);
  EXPECT_EQ(quotes.columns[0].numbers, (Numbers{1, 3, 5}));
  EXPECT_EQ(quotes.columns[1].numbers[1], 4);
  EXPECT_TRUE(quotes.columns[1].missing(2));
  EXPECT_EQ(quotes.columns[2].class_names, (Names{"O\"Neill, \r\nthe elder", "Smith"}));
  EXPECT_EQ(quotes.lines, (std::vector<int>{2, 5, 6}));
}

TEST_F(CsvFile, SeparatorsAreDetected) {
  const CsvTable tabs = read_csv(kept("tabs.csv"));
  EXPECT_EQ(tabs.names(), (Names{"a", "b", "y"}));
  EXPECT_EQ(tabs.columns[1].numbers, (Numbers{2, 4}));
  EXPECT_EQ(table("\"a;b;c\",y\n1,2\n").names(), (Names{"a;b;c", "y"}))
      << "separators within quotes do not count";
}

TEST_F(CsvFile, FilesOfSemicolonsMayHaveDecimalCommas) {
  const CsvTable european = read_csv(kept("european.csv"));
  EXPECT_EQ(european.names(), (Names{"größe", "gewicht", "y"}));
  EXPECT_EQ(european.columns[0].numbers, (Numbers{1.75, 3, -1.5}));
  EXPECT_EQ(european.columns[1].numbers, (Numbers{70, 100, 0.5}));
  EXPECT_TRUE(table("a;y\n1.5;2\n").columns[0].numeric);
  EXPECT_EQ(table("a;y\n1,500.5;2\n").columns[0].numbers[0], 1500.5);
  EXPECT_FALSE(table("a;y\n1,2,3;2\n").columns[0].numeric);
}

TEST_F(CsvFile, LineEndsOfAllSystemsAreUnderstood) {
  for (const char* text : {"a,y\n1,2\n3,4\n", "a,y\r\n1,2\r\n3,4\r\n", "a,y\r1,2\r3,4\r",
                           "a,y\n1,2\n3,4", "\n\na,y\n\n1,2\n  \n3,4\n\n"}) {
    const CsvTable read = table(text);
    EXPECT_EQ(read.rows, 2);
    EXPECT_EQ(read.columns[1].numbers, (Numbers{2, 4}));
  }
  EXPECT_EQ(table("a,y\r\r1,2\r3,4\r").lines, (std::vector<int>{3, 4}));
}

// ---- files that are refused ----------------------------------------------------------

TEST_F(CsvFile, MissingAndUnreadableFilesAreReported) {
  EXPECT_EQ(mistake_in(kept("nowhere.csv")), "there is no such file");
  EXPECT_EQ(mistake_in(kept("")), "this is a folder, not a file");
  for (const char* text : {"", "\n", " \r\n\t\n", "\xef\xbb\xbf"})
    EXPECT_EQ(mistake_in_text(text), "the file is empty");
  EXPECT_EQ(mistake_in_text("x,y\n"), "there is a header, but no row below it");
  EXPECT_EQ(mistake_in_text("# nothing\n"), "there is no row in the file");
  EXPECT_EQ(mistake_in_text("x,y\n\n \n"), "there is a header, but no row below it");
}

TEST_F(CsvFile, EncodingsOfOtherProgramsAreRead) {
  EXPECT_EQ(table("x,y\n1,caf\xe9\n2,tea\n").columns[1].class_names, (Names{"café", "tea"}));
  EXPECT_EQ(read_csv(kept("latin1.csv")).encoding, "Windows-1252");
  EXPECT_EQ(read_csv(kept("utf16.csv")).names(), (Names{"x", "y"}));
  EXPECT_EQ(read_csv(kept("spreadsheet_bytes.csv")).encoding, "UTF-16")
      << "even without a byte order mark";
  EXPECT_EQ(table("x,y\n1,2\n").encoding, "");
}

TEST_F(CsvFile, BytesThatAreNotTextAreReported) {
  EXPECT_EQ(mistake_in_text("\xfe\xff"), "the file is empty");
  EXPECT_EQ(mistake_in_text(std::string("x,y\r\n1,2\r3,\0\n", 13)),
            "line 3, byte 3: a byte is zero, so this is no text");
  EXPECT_EQ(mistake_in_text("x,y\n\xc3\xa9,\xe9\n"),
            "line 2, byte 4: the byte 0xe9 is not UTF-8; save the file as UTF-8")
      << "a mixture";
  EXPECT_EQ(mistake_in_text("x,y\n\x81,1\n"),
            "line 2, byte 1: the byte 0x81 is not UTF-8; save the file as UTF-8");
}

TEST_F(CsvFile, FilesWithoutAHeaderAreRead) {
  const CsvTable none = read_csv(kept("no_header.csv"));
  EXPECT_FALSE(none.has_header);
  EXPECT_EQ(none.rows, 2);
  EXPECT_EQ(none.names(), (Names{"column 1", "column 2", "column 3"}));
  EXPECT_EQ(none.lines, (std::vector<int>{1, 2}));
  EXPECT_EQ(none.place(1, 1), "line 2, column 2");
}

TEST_F(CsvFile, ColumnsWithoutANameAreCalledByTheirNumber) {
  EXPECT_EQ(table("x1,,y\n1,2,3\n").names(), (Names{"x1", "column 2", "y"}));
  EXPECT_EQ(table("x1,\"\",y\n1,,3\n").names(), (Names{"x1", "y"}))
      << "the unnamed column is empty";
  EXPECT_EQ(table("x1,x2,y, x1\n1,2,3,4\n").names(), (Names{"x1", "x2", "y", "x1 (column 4)"}));
  EXPECT_EQ(table("x y\n1 2\n").names(), (Names{"x", "y"})) << "blanks separate";
}

TEST_F(CsvFile, OneColumnIsTooFew) {
  EXPECT_EQ(mistake_in_text("x\n1\n2\n"),
            "line 1: there is only one column, and an input and a target are needed; commas, "
            "semicolons, tabs or blanks separate columns");
}

TEST_F(CsvFile, RaggedRowsAreReported) {
  EXPECT_EQ(mistake_in(kept("ragged.csv")), "line 3: 2 cells, but there are 3 columns");
  EXPECT_EQ(mistake_in_text("x1,x2,y\n1,2,0\n\n5,6,1,7\n"),
            "line 4: 4 cells, but there are 3 columns; a cell that holds a comma stands in quotes");
  EXPECT_EQ(mistake_in_text("x1,x2,y\n\"a\nb\",2,0\n5\n"),
            "line 4: 1 cell, but there are 3 columns");
}

TEST_F(CsvFile, QuotesThatAreNeverClosedAreReported) {
  EXPECT_EQ(mistake_in(kept("unclosed.csv")), "line 3: a quote is opened and never closed");
  EXPECT_EQ(mistake_in_text("\"x,y\n1,2\n"), "line 1: a quote is opened and never closed");
}

// ---- large files ----------------------------------------------------------------------

TEST_F(CsvFile, AMillionRowsAreReadInSecondsAndOneMoreIsTooMany) {
  std::string text = "x1,x2,y\n";
  Random random(1);
  for (int i = 0; i < 1'000'000; ++i) {
    char line[64];
    std::snprintf(line, sizeof line, "%.15f,%.15f,%d\n", random.uniform(), random.uniform(), i % 2);
    text += line;
  }
  const fs::path path = written(text);
  const auto start = std::chrono::steady_clock::now();
  const CsvTable read = read_csv(path);
  const Samples samples = samples_of(read, suggested_choice(read));
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  RecordProperty("seconds", std::to_string(took.count()));
  EXPECT_EQ(samples.count(), 1'000'000);
  EXPECT_LT(took.count(), 20) << "a few seconds, and more with sanitizers";
  EXPECT_EQ(mistake_in_text(text + "1,2,3\n"),
            "line 1000002: there are more than 1,000,000 rows, the most that can be read");
}

TEST_F(CsvFile, AThousandColumnsAreReadAndOneMoreIsTooMany) {
  std::string header = "c1", row = "1";
  for (int i = 2; i <= 1000; ++i) {
    header += ",c" + std::to_string(i);
    row += "," + std::to_string(i);
  }
  EXPECT_EQ(table(header + "\n" + row + "\n").columns.size(), 1000u);
  EXPECT_EQ(mistake_in_text(header + ",more\n" + row + ",1\n"),
            "line 1: there are 1001 columns; 1,000 are the most that can be read");
}

TEST_F(CsvFile, MoreThan256MegabytesAreTooMany) {
  const fs::path path = written("x,y\n");
  fs::resize_file(path, (std::uintmax_t{256} << 20) + 1);  // sparse, so no disk is used
  EXPECT_EQ(mistake_in(path), "the file is larger than 256 MB, the most that is read");
}

}  // namespace
}  // namespace backstep
