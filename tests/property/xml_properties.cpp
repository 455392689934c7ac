#include "engine/random.hpp"

#include "io/encoding.hpp"
#include "io/formats/xml.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

using namespace maillage;

namespace {

/// Everything that a reader says, one line each. Texts are wanted of every element but those called "quiet".
class Recorder : public io::XmlVisitor {
public:
    bool open(std::string_view name, const io::XmlAttributes& a, io::Place where) override {
        wants_ = name != "quiet";
        said += "open " + std::string(name) + place(where);
        for (const std::string_view known : {"id", "source", "target", "key", "for", "label", "v", "xmlns"}) {
            if (a.has(known)) {
                said += ' ' + std::string(known) + '=' + std::string(a[known]) + ';';
            }
        }
        said += '\n';
        return name != "stop";
    }
    bool close(std::string_view name, std::string_view text, io::Place where) override {
        said += "close " + std::string(name) + place(where) + ' ' + std::string(text) + '\n';
        return name != "end";
    }
    [[nodiscard]] bool wants_text() const override { return wants_; }
    void stray_text(io::Place where) override { said += "stray" + place(where) + '\n'; }

    std::string said;

private:
    static std::string place(io::Place where) {
        return ' ' + std::to_string(where.line) + ':' + std::to_string(where.column);
    }
    bool wants_ = false;
};

using Read = bool (*)(std::string_view, io::ReadContext&, io::XmlVisitor&);

std::string said_by(Read read, std::string_view text) {
    std::vector<Diagnostic> diagnostics;
    const std::string file = "x";
    Recorder recorder;
    bool complete = false;
    {
        io::ReadContext context(file, diagnostics, io::ReadLimits{.depth = 6, .name = 200});
        complete = read(text, context, recorder);
    }
    std::string said = recorder.said;
    for (const Diagnostic& d : diagnostics) {
        said += to_text(d) + '\n';
    }
    return said + (complete ? "complete" : "not complete");
}

void check_same(const std::string& text) {
    if (io::first_invalid_utf8(text) != std::string::npos) {
        return;  // is refused before it is read as XML
    }
    const std::string quick = said_by(io::parse_xml, text);
    const std::string slow = said_by(io::parse_xml_slowly, text);
    if (quick != slow) {  // an assertion for each of the many texts would take longer than reading them
        INFO(text);
        CHECK(quick == slow);
    }
}

}  // namespace

TEST_CASE("xml: the scanner and expat say the same of what is written by hand", "[formats][property]") {
    if (!io::xml_is_supported()) {
        WARN("skipped: built without expat");
        return;
    }
    for (const char* text : {"",
                             " ",
                             "<a/>",
                             "<a></a>",
                             "<a>x</a> ",
                             "<a>x</a>y",
                             "<a/><b/>",
                             "<a><b></a></b>",
                             "<a",
                             "<a b",
                             "<a b=",
                             "<a b='",
                             "<a id='1' id='2'/>",
                             "<a id='1'label='2'/>",
                             "<a id = '1' />",
                             "<a x:id='1'/>",
                             "<x:a id='1'></x:a>",
                             "<x:a></y:a>",
                             "<a>1&amp;2&lt;3&gt;4&quot;5&apos;6</a>",
                             "<a>&#65;&#x42;&#xe9;&#x1F600;</a>",
                             "<a>&#0;</a>",
                             "<a>&#xFFFE;</a>",
                             "<a>&#xD800;</a>",
                             "<a>&#x110000;</a>",
                             "<a>&#99999999999;</a>",
                             "<a>&nbsp;</a>",
                             "<a>&amp</a>",
                             "<a>&</a>",
                             "<a>a&#;</a>",
                             "<a id='&lt;&#10;&#9;'/>",
                             "<a id='a\nb\tc\r\nd\re'/>",
                             "<a>a\r\nb\rc\n</a>",
                             "<a>]]></a>",
                             "<a>]] ></a>",
                             "<a id=']]>'/>",
                             "<a id='<'/>",
                             "<a id='\"'/>",
                             "<a id=\"'\"/>",
                             "<a>\x01</a>",
                             "<a>\x7F</a>",
                             "<a id='\x02'/>",
                             "<a>\xEF\xBF\xBE</a>",
                             "<a>\xEF\xBF\xBD\xEF\xBB\xBF</a>",
                             "<\xC3\xA9t\xC3\xA9/>",
                             "<a \xC3\xA9='1'/>",
                             "<a b\xC3\xA9='1'/>",
                             "<a>\xC3\xA9</a>",
                             "<a><!-- c --></a>",
                             "<a>x<!-- c -->y</a>",
                             "<a><!-- c -- d --></a>",
                             "<!-- c --><a/><!-- d -->",
                             "<a><!-- c --->",
                             "<a><![CDATA[x<y]]>z</a>",
                             "<a>q<![CDATA[]]></a>",
                             "<a><?p x?>y</a>",
                             "<?p?><a/>",
                             "<!DOCTYPE a><a/>",
                             "<a/><!DOCTYPE a>",
                             "<a><!DOCTYPE a></a>",
                             "<?xml version=\"1.0\"?><a/>",
                             "<?xml version='1.0' encoding='UTF-8'?>\n<a/>",
                             "<?xml version='1.0' encoding='latin1' standalone='yes'?><a/>",
                             "<?xml?><a/>",
                             "<?xml encoding='UTF-8'?><a/>",
                             "<?xml version='1.0' standalone='maybe'?><a/>",
                             "<?xml version='1.0'encoding='UTF-8'?><a/>",
                             "<?xml version='1.0' version='1.0'?><a/>",
                             " <?xml version='1.0'?><a/>",
                             "<?xml version='1.0' ?><a/>",
                             "<a>u<b>v</b>w<b/>x</a>",
                             "<a>u<b>v<c>w</c></b></a>",
                             "<a>&amp;<b>v</b>&lt;</a>",
                             "<quiet>x<b>&amp;y</b>&bad;</quiet>",
                             "<quiet> x <b>y</b> z\n</quiet>",
                             "<quiet>&#32;\r\n</quiet>",
                             "<quiet> &#65;<b/></quiet>",
                             "<quiet>\n <![CDATA[ ]]> <![CDATA[ z]]></quiet>",
                             "<a><stop/></a>",
                             "<a>x<b><end>y</end></b></a>",
                             "<a><b><c><d><e><f/></e></d></c></b></a>",
                             "<a><b><c><d><e><f><g/></f></e></d></c></b></a>",
                             "<a></ a>",
                             "<a></a >",
                             "<a></a x>",
                             "< a/>",
                             "<1/>",
                             "<-a/>",
                             "<a/ >",
                             "<a b='1' / >",
                             "<a>x</a",
                             "<a>x</",
                             "<a>x<",
                             "<a>x<!",
                             "<a xmlns='u' xmlns:x='v' x:y='w'/>",
                             "<a\nid='1'\n/>\n\n",
                             "<a>\n\n<b\n/>\n</a>\n"}) {
        check_same(text);
    }
}

TEST_CASE("xml: the scanner and expat say the same of damaged files", "[formats][property]") {
    if (!io::xml_is_supported()) {
        WARN("skipped: built without expat");
        return;
    }
    Rng rng(17);
    const std::filesystem::path corpus =
        std::filesystem::path(MAILLAGE_SOURCE_DIR) / "tests" / "fuzz" / "corpus";
    std::size_t files = 0;
    for (const char* folder : {"graphml", "gexf"}) {
        for (const auto& entry : std::filesystem::directory_iterator(corpus / folder)) {
            std::ifstream in(entry.path(), std::ios::binary);
            const std::string text{std::istreambuf_iterator<char>(in), {}};
            ++files;
            check_same(text);
            constexpr std::string_view telling = "<>&;'\"/=!?-[]x \n\r\t\x01\x7F";
            for (int i = 0; i < 400 && !text.empty(); ++i) {
                std::string damaged = text;
                for (std::uint64_t n = 1 + rng.below(3); n > 0; --n) {
                    const auto at =
                        static_cast<std::size_t>(rng.below(static_cast<std::uint32_t>(damaged.size())));
                    const char c = telling[rng.below(static_cast<std::uint32_t>(telling.size()))];
                    rng.below(2) == 0 ? damaged.insert(at, 1, c) : damaged.replace(at, 1, 1, c);
                }
                check_same(damaged);
                check_same(text.substr(0, rng.below(static_cast<std::uint32_t>(text.size()))));
            }
        }
    }
    CHECK(files >= 2);
}
