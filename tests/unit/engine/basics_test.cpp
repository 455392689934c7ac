#include "engine/date.hpp"
#include "engine/error.hpp"
#include "engine/parallel.hpp"
#include "engine/random.hpp"
#include "engine/text_pool.hpp"
#include "engine/top_k.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <numeric>

using namespace maillage;

TEST_CASE("date: exactly three forms and real days", "[engine][unit]") {
    CHECK(parse_date("2018") == Date{2018, 0, 0});
    CHECK(parse_date("2018-07") == Date{2018, 7, 0});
    CHECK(parse_date("2018-07-03") == Date{2018, 7, 3});
    CHECK(parse_date("2020-02-29") == Date{2020, 2, 29});
    for (const char* wrong : {"", "18", "2018-13", "2018-00", "2018-2-3", "2019-02-29", "2018/07/03",
                              "2018-07-032", " 2018", "0000", "-018", "abcd", "2018-07-"}) {
        CAPTURE(wrong);
        CHECK_FALSE(parse_date(wrong));
    }
    CHECK(to_text(Date{2018, 7, 3}) == "2018-07-03");
    CHECK(to_text(Date{987, 0, 0}) == "0987");
}

TEST_CASE("date: a partial date is a period", "[engine][unit]") {
    CHECK(Date{1970, 1, 2}.first_day() == 1);
    CHECK(Date{1970, 0, 0}.last_day() == 364);
    CHECK(Date{1972, 2, 0}.last_day() - Date{1972, 2, 0}.first_day() == 28);
    CHECK(Date{2019, 0, 0}.as_years() == Approx(2019.5));
    CHECK(Date{2019, 1, 1}.as_years() == Approx(2019.0).margin(0.002));
}

TEST_CASE("text pool: equal texts have equal ids, ids survive growth", "[engine][unit]") {
    TextPool pool;
    CHECK(pool.add("") == TextId{});
    std::vector<TextId> ids;
    for (int i = 0; i < 5000; ++i) {
        ids.push_back(pool.add("text number " + std::to_string(i)));
    }
    for (int i = 0; i < 5000; ++i) {
        const std::string text = "text number " + std::to_string(i);
        CHECK(pool.add(text) == ids[static_cast<std::size_t>(i)]);
        CHECK(pool.text(ids[static_cast<std::size_t>(i)]) == text);
    }
    CHECK(pool.size() == 5001);
    CHECK(pool.find("absent") == none<TextId>);
    const std::string large(1 << 20, 'x');
    CHECK(pool.text(pool.add(large)) == large);
    CHECK(pool.add(std::string_view("a\0b", 3)) != pool.add("a"));
}

TEST_CASE("text pool: many at once are what they are one by one", "[engine][unit]") {
    std::vector<std::string> texts = {"", "before", "twice", "twice"};
    for (int i = 0; i < 3000; ++i) {
        texts.push_back("text " + std::to_string(i % 2000));
    }
    const std::vector<std::string_view> views(texts.begin(), texts.end());
    TextPool together;
    TextPool alone;
    CHECK(together.add("before") == alone.add("before"));
    std::vector<TextId> ids(views.size());
    together.add_all(views, ids);
    for (std::size_t i = 0; i < views.size(); ++i) {
        CHECK(ids[i] == alone.add(views[i]));
        CHECK(together.text(ids[i]) == views[i]);
    }
    CHECK(together.size() == alone.size());
    together.add_all({}, {});
    CHECK(together.size() == alone.size());
}

TEST_CASE("diagnostic: the caret stands under the column, counted in characters", "[engine][unit]") {
    const Diagnostic d{
        Severity::error, {"partnerships.csv", 17, 10}, "weight \"dix\" is not a number", "é12,B07,dix"};
    CHECK(to_text(d) ==
          "partnerships.csv:17:10: error: weight \"dix\" is not a number\n    é12,B07,dix\n            ^");
    const Diagnostic whole{Severity::warning, {"actors.csv", 0, 0}, "the file is empty", ""};
    CHECK(to_text(whole) == "actors.csv: warning: the file is empty");
}

TEST_CASE("diagnostic: a long line is cut around the caret, control characters are blanked",
          "[engine][unit]") {
    const std::string line = std::string(500, 'a') + "\tX" + std::string(500, 'b');
    const std::string text = to_text(Diagnostic{Severity::error, {"f", 1, 502}, "m", line});
    CHECK(text.size() < 300);
    CHECK(text.find('\t') == std::string::npos);
    const auto caret = text.rfind('^');
    const auto last_line = text.rfind('\n');
    const auto shown = text.rfind('\n', last_line - 1);
    CHECK(text[shown + (caret - last_line) + 2] == 'X');  // the ellipsis takes three bytes, one column
}

TEST_CASE("rng: known stream, forks differ, below is in range", "[engine][unit]") {
    Rng a(1);
    Rng b(1);
    CHECK(a.next() == b.next());
    Rng fork0 = a.fork(0);
    Rng fork1 = a.fork(1);
    CHECK(fork0.next() != fork1.next());
    Rng again = b.fork(0);
    CHECK(again.next() == Rng(1).fork(0).next());
    std::vector<std::size_t> seen(7, 0);
    for (int i = 0; i < 7000; ++i) {
        ++seen[a.below(7)];
    }
    for (const std::size_t count : seen) {
        CHECK(count > 850);
        CHECK(count < 1150);
    }
    const double u = a.uniform01();
    CHECK(u >= 0.0);
    CHECK(u < 1.0);
}

TEST_CASE("for_chunks: every item once, same sums for any number of threads", "[engine][unit]") {
    std::vector<double> sums;
    for (const std::uint32_t threads : {1U, 2U, 8U}) {
        std::vector<double> partial(11, 0.0);
        std::vector<std::size_t> workers(11, 1000);  // assertions are for the main thread
        for_chunks(1001, 100, {.threads = threads, .progress = {}}, "sum",
                   [&](std::size_t chunk, std::size_t begin, std::size_t end, std::size_t worker) {
                       workers[chunk] = worker;
                       for (std::size_t i = begin; i < end; ++i) {
                           partial[chunk] += 1.0 / static_cast<double>(i + 1);
                       }
                   });
        CHECK(*std::max_element(workers.begin(), workers.end()) < threads);
        sums.push_back(std::accumulate(partial.begin(), partial.end(), 0.0));
    }
    CHECK(sums[0] == sums[1]);
    CHECK(sums[0] == sums[2]);
    for_chunks(0, 10, {}, "nothing", [](auto, auto, auto, auto) { FAIL("no chunk expected"); });
}

TEST_CASE("for_chunks: an exception of a body comes back", "[engine][unit]") {
    CHECK_THROWS_AS(for_chunks(100, 1, {.threads = 4, .progress = {}}, "fail",
                               [](std::size_t chunk, auto, auto, auto) {
                                   if (chunk == 42) {
                                       throw Error("chunk 42");
                                   }
                               }),
                    Error);
}

TEST_CASE("scores: compared as their keys are, and written as compared", "[engine][unit]") {
    Rng rng(3);
    for (int i = 0; i < 2000; ++i) {
        const double a = rng.uniform01();
        const double b = i % 2 == 0 ? rng.uniform01() : a + (rng.uniform01() - 0.5) * 1e-11;
        const int keys = score_key(a) > score_key(b) ? 1 : score_key(a) < score_key(b) ? -1 : 0;
        CHECK(compare_scores(a, b) == keys);
        CHECK(compare_scores(b, a) == -keys);
        CHECK((written_score(a) > written_score(b)) == (keys > 0));
    }
    CHECK(written_score(0.1 + 0.2) == 0.3);
}

TEST_CASE("top k: the best under a total order, ties by id", "[engine][unit]") {
    struct Item {
        double score;
        int id;
    };
    const auto before = [](const Item& x, const Item& y) {
        return score_key(x.score) != score_key(y.score) ? x.score > y.score : x.id < y.id;
    };
    TopK<Item, decltype(before)> top(3, before);
    for (const Item item : {Item{0.3, 5}, Item{0.1 + 0.2, 4}, Item{0.9, 9}, Item{0.1, 1}, Item{0.3, 2}}) {
        top.offer(item);
    }
    const auto best = top.take();
    REQUIRE(best.size() == 3);
    CHECK(best[0].id == 9);
    CHECK(best[1].id == 2);
    CHECK(best[2].id == 4);
    TopK<Item, decltype(before)> nothing(0, before);
    nothing.offer({1.0, 1});
    CHECK(nothing.take().empty());
}

TEST_CASE("quoted_text cuts at whole characters", "[engine][error]") {
    CHECK(quoted_text("a\tb") == "\"a b\"");
    CHECK(quoted_text("‡‡", 6) == "\"‡‡\"");
    CHECK(quoted_text("‡‡‡", 6) == "\"‡‡…\"");
    for (std::size_t longest = 3; longest < 6;
         ++longest) {  // the first byte of a character, too, goes with the rest
        CHECK(quoted_text("‡‡‡", longest) == "\"‡…\"");
    }
    CHECK(quoted_text("‡", 2) == "\"…\"");
    CHECK(shortened("\x80\x80\x80", 2).empty());  // no beginning of a character to end at
}
