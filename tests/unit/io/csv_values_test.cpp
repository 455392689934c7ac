#include "io/name_key.hpp"
#include "io/values.hpp"

#include <catch2/catch.hpp>

namespace {

using namespace maillage;
using namespace maillage::io;

TEST_CASE("parse_number: points, commas, signs and groups of three", "[io][unit]") {
    CHECK(parse_number("0.5") == 0.5);
    CHECK(parse_number("0,5") == 0.5);
    CHECK(parse_number(" 12 ") == 12.0);
    CHECK(parse_number("+3") == 3.0);
    CHECK(parse_number("-1,25") == -1.25);
    CHECK(parse_number("1 234,5") == 1234.5);
    CHECK(parse_number("1\xC2\xA0"
                       "234\xE2\x80\xAF"
                       "567") == 1234567.0);
    CHECK(parse_number("1e3") == 1000.0);
    CHECK(parse_number("0.1") == 0.1);
    CHECK(parse_number("1,") == 1.0);
}

TEST_CASE("parse_number: what is no number is refused", "[io][unit]") {
    for (const char* text :
         {"",     " ",     "abc",     "1e999", "-1e999",      "nan",    "NaN",      "inf", "-inf", "infinity",
          "0x10", "1.2.3", "1,234.5", "1 23",  "12 34 567 8", "1 2345", "--1",      "+-1", "+",    "-",
          "1-2",  "1e",    "e5",      ",",     "1e1 000",     "10%",    "1 234 ,5", "²"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_number(text).has_value());
    }
    CHECK_FALSE(parse_number(std::string(500, '1')).has_value());
}

TEST_CASE("parse_date_cell: ISO, also partial, and French forms", "[io][unit]") {
    CHECK(parse_date_cell("2018") == Date{2018, 0, 0});
    CHECK(parse_date_cell("2018-07") == Date{2018, 7, 0});
    CHECK(parse_date_cell(" 2018-07-03 ") == Date{2018, 7, 3});
    CHECK(parse_date_cell("2018-07-03T00:00:00") == Date{2018, 7, 3});
    CHECK(parse_date_cell("2018-07-03 00:00:00") == Date{2018, 7, 3});
    CHECK(parse_date_cell("03/07/2018") == Date{2018, 7, 3});
    CHECK(parse_date_cell("3/7/2018") == Date{2018, 7, 3});
    CHECK(parse_date_cell("03.07.2018") == Date{2018, 7, 3});
    CHECK(parse_date_cell("07/2018") == Date{2018, 7, 0});
    for (const char* text :
         {"2018-13", "2018-02-30", "30/02/2018", "07/13/2018", "18-07-03", "2018/07/03", "juillet 2018",
          "2018-7", "03/07/18", "/07/2018", "3//2018", "2018-07-03T10:00:00", ""}) {
        CAPTURE(text);
        CHECK_FALSE(parse_date_cell(text).has_value());
    }
}

TEST_CASE("date_problem names the month or day that does not exist", "[io][unit]") {
    CHECK(date_problem("2018-13") == "there is no month 13");
    CHECK(date_problem("2018-00-01") == "there is no month 00");
    CHECK(date_problem("2018-02-30") == "there is no day 30 in 2018-02");
    CHECK(date_problem("soon") == "expected 2018, 2018-07, 2018-07-03 or 03/07/2018");
}

TEST_CASE("name_key: case, accents and punctuation do not matter", "[io][unit]") {
    CHECK(name_key("Université d'Orléans") == "universite d orleans");
    CHECK(name_key("UNIVERSITE  D’ORLEANS ") == name_key("Université d'Orléans"));
    CHECK(name_key("Łódź, Ærø & Straße œuvre Þór") == "lodz aero strasse oeuvre thor");
    CHECK(name_key("e\xCC\x81"
                   "cole") == "ecole");  // a combining accent
    CHECK(name_key("Καλημέρα") == name_key("ΚΑΛΗΜΈΡΑ"));
    CHECK(name_key("") == "");
    CHECK(name_key("—") == "");
    CHECK(column_key(" Date_début ") == "datedebut");
}

TEST_CASE("name_core: legal forms and words for a town are left out, other words are not", "[io][unit]") {
    CHECK(name_core("Ville de Tours") == "tours");
    CHECK(name_core("Mairie de TOURS") == "tours");
    CHECK(name_core("Tours") == "tours");
    CHECK(name_core("Commune du Mans") == name_core("Le Mans"));
    CHECK(name_core("Association Les Amis de Dreux") == name_core("Amis de Dreux"));
    CHECK(name_core("S.A.R.L. Dupont") == name_core("Dupont SARL"));
    CHECK(name_core("C.C.I. du Loiret") == name_core("CCI du Loiret"));
    CHECK(name_core("Conseil départemental du Cher") == name_core("Département du Cher"));
    CHECK(name_core("Département du Cher") != name_core("Ville de Cher"));
    CHECK(name_core("Université de Tours") != name_core("Ville de Tours"));
    CHECK(name_core("SA") == "sa");
    CHECK(name_core("La Ville") == "ville");
}

}  // namespace
