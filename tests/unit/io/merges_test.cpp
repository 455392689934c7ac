#include "io/merge_network.hpp"
#include "io/merge_proposals.hpp"
#include "io/near_duplicates.hpp"
#include "io/read_dataset.hpp"
#include "io/read_merges.hpp"
#include "io/write_dataset.hpp"

#include "tests/support/datasets.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace {

using namespace maillage;
using testing::Folder;
using testing::said;

Network network_of(std::initializer_list<std::pair<std::string_view, std::string_view>> files) {
    return io::read_dataset(Folder(files).path()).network;
}

/// The proposal of the only two actors of a table; everything is proposed.
std::optional<io::MergeProposal<ActorId>> proposal(const std::string& actors) {
    const Network n = network_of({{"actors.csv", actors}});
    const io::MergeProposals found = io::merge_proposals(n, {.least_score = 0.0});
    REQUIRE(found.actors.size() <= 1);
    return found.actors.empty() ? std::nullopt : std::optional(found.actors.front());
}

double score(const std::string& a, const std::string& b) {
    const auto found = proposal("id,name\na,\"" + a + "\"\nb,\"" + b + "\"\n");
    return found ? found->score : 0.0;
}

std::string codes(const io::MergeProposal<ActorId>& p) {
    std::string text;
    for (const io::MergeEvidence& e : p.evidence) {
        text += (text.empty() ? "" : " ") + std::string(io::to_code(e.reason));
    }
    return text;
}

/// Of a word that d of at most 50 names have.
double weight(double d) {
    return std::log(1.0 + 50.0 / d) / std::log(51.0);
}

TEST_CASE("merge_proposals: names that are the same but for their writing", "[io][unit]") {
    CHECK(score("Société Ravel", "SOCIETE  RAVEL") == Approx(0.98));
    CHECK(score("Łódź Øresund Straße Œuvre", "LODZ oresund strasse oeuvre") == Approx(0.98));
    CHECK(score("Университет Казани", "УНИВЕРСИТЕТ КАЗАНИ") == Approx(0.98));
    CHECK(score("Ville de Tours", "TOURS") == Approx(0.95));
    CHECK(score("Ravel Énergies", "Ravel énergies S.A.R.L.") == Approx(0.95));
    CHECK(score("Saint-Pierre-des-Corps", "St Pierre des Corps") == Approx(0.93));  // other words of the core
    CHECK(score("Hambourg, université de", "Université de Hambourg") == Approx(0.93));
    CHECK(score("Val de Loire", "Valdeloire") == Approx(0.93));
    CHECK(score("Bureau de recherches minières (BRM)", "Bureau de recherches minières") == Approx(0.95));
}

TEST_CASE("merge_proposals: scores computed by hand", "[io][unit]") {
    // orbival is in both names, lantenne and lantene are one letter apart: similarity 1 - 1 / (2 * 8)
    const double w = weight(2);
    const double typo = w + 0.9375;
    CHECK(score("Orbival Lantenne", "Orbival Lantene") == Approx(0.92 * typo / (typo + 3.2 * 0.0625)));
    CHECK(score("Orbival Lantenne", "Orbival") == Approx(0.92 * w / (w + 0.7)));
    // what tells the kind weighs 0.25 where both have it
    CHECK(score("Université de Tours", "Université d'Orléans") == Approx(0.92 * 0.25 / (0.25 + 3.2)));
    // … and 0.8, and a quarter off, where one has it
    CHECK(score("Ville de Tours", "Université de Tours") == Approx(0.92 * 0.75 * w / (w + 0.7 * 0.8)));
    CHECK(score("Saint-Jean-de-Braye", "Saint-Jean-de-la-Ruelle") ==
          Approx(0.92 * (0.25 + w) / (0.25 + w + 3.2)));
    // numbers: five times less
    CHECK(score("Collège Ravel 1", "Collège Ravel 2") == Approx(0.2 * 0.92 * (0.25 + w) / (0.25 + w + 3.2)));
    CHECK(score("Université Paris I", "Université Paris 1") > 0.2);
    CHECK(score("Lycée Ronsard de Tours", "Lycée Ronsard d'Orléans") < 0.35);
}

TEST_CASE("merge_proposals: initials beside the full name, by their length", "[io][unit]") {
    CHECK(score("BRGM", "Bureau de recherches géologiques et minières") == Approx(0.85));
    CHECK(score("CHU", "Centre hospitalier universitaire") == Approx(0.75));
    CHECK(score("IFSTTAR (IFST)", "Tout autre chose") == 0.0);
    const Network n = network_of({{"actors.csv",
                                   "id,name\na,BRGM\nb,Bureau de recherches géologiques et minières\n"
                                   "c,Banque régionale de gestion mutuelle\n"}});
    for (const auto& p : io::merge_proposals(n, {.least_score = 0.0}).actors) {
        CHECK(p.score == Approx(0.425));  // two are called by these letters
    }
    CHECK(score("CHU Ravel", "Centre hospitalier universitaire Ravel") > 0.7);
}

TEST_CASE("merge_proposals: what else is known", "[io][unit]") {
    const auto with = [](const std::string& columns, const std::string& a, const std::string& b) {
        const auto found =
            proposal("id,name," + columns + "\na,Ravel Azur," + a + "\nb,RAVEL AZUR," + b + "\n");
        REQUIRE(found);
        return std::pair(found->score, codes(*found));
    };
    using Told = std::pair<double, std::string>;
    const auto is = [](const Told& told, double score, const std::string& why) {
        return told.first == Approx(score) && told.second == why;
    };
    CHECK(is(with("place", "Tours", "TOURS cedex 2"), 0.98 + 0.3 * 0.02, "same_name same_place"));
    CHECK(is(with("place", "Tours", "Blois"), 0.98 * 0.6, "same_name other_place"));
    CHECK(is(with("country", "FR", "DE"), 0.98 * 0.3, "same_name other_country"));
    CHECK(is(with("kind", "town", "club"), 0.98 * 0.85, "same_name other_kind"));
    CHECK(is(with("siret", "1", "2"), 0.98 * 0.4, "same_name other_identifier"));
    CHECK(is(with("url", "https://www.ravel.fr/", "http://ravel.fr"), 0.99, "same_name same_website"));
    CHECK(is(with("courriel", "a@ravel.fr", "b@RAVEL.fr"), 0.98 + 0.3 * 0.02, "same_name same_mail_domain"));
    CHECK(is(with("courriel", "a@orange.fr", "b@orange.fr"), 0.98, "same_name"));
    const auto identified = proposal("id,name,RoR\na,Ravel,042\nb,Tout autre chose,042\n");
    REQUIRE(identified);
    CHECK(identified->score == Approx(0.97));
    CHECK(codes(*identified).ends_with("same_identifier"));
}

TEST_CASE("merge_proposals: hostile names", "[io][unit][degenerate]") {
    CHECK(io::merge_proposals(network_of({{"actors.csv", "id,name\n"}})).actors.empty());
    CHECK(score("!!!", "???") == 0.0);
    CHECK(score("de la", "DE LA") == Approx(0.98));
    const std::string endless(100000, 'x');
    CHECK(score(endless, endless + " ") == Approx(0.98));
    CHECK(score(endless, endless + "y") < 0.6);
    CHECK(score("日本大学", "日本大学 ") == Approx(0.98));
    CHECK(score("1", "2") == 0.0);
}

TEST_CASE("merge_proposals: the same of all is a star, and no work in the square", "[io][unit][degenerate]") {
    std::string actors = "id,name\n";
    for (int i = 0; i < 3000; ++i) {
        actors += "a" + std::to_string(i) + ",Amis de la société " + std::to_string(i % 3) + "\n";
    }
    const Network n = network_of({{"actors.csv", actors}});
    const io::MergeProposals found = io::merge_proposals(n);
    CHECK(found.compared < 3000 * 40);
    CHECK(found.actors.size() == 2997);
    for (const auto& p : found.actors) {
        CHECK(n.name(p.keep) == n.name(p.merge));
    }
}

/// Names with repeats, typing errors and permuted words.
std::vector<std::string> noisy_rows() {
    const std::vector<std::string> names = {"Université de Tours", "Lycée agricole de Vendome",
                                            "Comité de Chinon",    "Ville de Blois",
                                            "Institut Ravel",      "Laboratoire Orbival Lantenne"};
    std::vector<std::string> rows;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::string& name = names[i];
        const std::string id = std::to_string(i);
        const std::size_t middle = name.size() - 3;
        rows.push_back("k" + id + "," + name + ",Tours,FR");
        rows.push_back("m" + id + "," + name.substr(0, middle) + name.substr(middle + 1) + ",,FR");
        rows.push_back("b" + id + ",Association " + name + ",,");
        rows.push_back("z" + id + "," + name + ",Blois,DE");
    }
    return rows;
}

TEST_CASE("merge_proposals: laws", "[io][property]") {
    std::vector<std::string> rows = noisy_rows();
    const auto read = [&rows] {
        std::string table = "id,name,place,country\n";
        for (const std::string& row : rows) {
            table += row + "\n";
        }
        return network_of({{"actors.csv", table}});
    };
    const Network n = read();
    const io::MergeProposals all = io::merge_proposals(n, {.least_score = 0.3});
    REQUIRE(all.actors.size() > 6);
    SECTION("each is merged into at most one, and no circle is closed") {
        std::map<ActorId, ActorId> into;
        for (const auto& p : all.actors) {
            CHECK(into.emplace(p.merge, p.keep).second);
            CHECK((p.score >= 0.3 && p.score <= 1.0));
        }
        for (const auto& [start, unused] : into) {
            ActorId at = start;
            std::size_t steps = 0;
            for (; into.contains(at) && steps <= into.size(); ++steps) {
                at = into.at(at);
            }
            CHECK(steps <= into.size());
        }
    }
    SECTION("score down, then ids") {
        CHECK(std::is_sorted(all.actors.begin(), all.actors.end(), [](const auto& x, const auto& y) {
            return std::tuple(-x.score, x.keep, x.merge) < std::tuple(-y.score, y.keep, y.merge);
        }));
    }
    SECTION("the order of rows does not matter") {
        std::reverse(rows.begin(), rows.end());
        std::rotate(rows.begin(), rows.begin() + 7, rows.end());
        const Network other = read();
        const io::MergeProposals again = io::merge_proposals(other, {.least_score = 0.3});
        REQUIRE(again.actors.size() == all.actors.size());
        for (std::size_t i = 0; i < all.actors.size(); ++i) {
            CHECK(again.actors[i].keep == all.actors[i].keep);
            CHECK(again.actors[i].merge == all.actors[i].merge);
            CHECK(again.actors[i].score == all.actors[i].score);
            CHECK(codes(again.actors[i]) == codes(all.actors[i]));
        }
    }
    SECTION("what reading warns about is joined by good proposals") {
        IdVector<ActorId, ActorId> root(n.actors().size());
        for (const ActorId a : root.ids()) {
            root[a] = a;
        }
        const auto find = [&root](ActorId a) {
            while (root[a] != a) {
                a = root[a];
            }
            return a;
        };
        for (const auto& p : all.actors) {
            if (p.score >= io::near_duplicate_score) {
                root[find(p.merge)] = find(p.keep);
            }
        }
        const auto warned = io::near_duplicates(n);
        REQUIRE(!warned.empty());
        for (const auto& [first, second] : warned) {
            CHECK(find(first) == find(second));
        }
    }
}

TEST_CASE("merge_proposals: expertises by their labels", "[io][unit]") {
    const Network n =
        network_of({{"actors.csv", "id,name\na,A\n"},
                    {"expertises.csv",
                     "id,label,scheme\ne1,Énergies renouvelables,t\ne2,Energie renouvelable,t\n"
                     "e3,Asie de l'Est,t\ne4,Asie du Sud-Est,t\ne5,Santé,t\ne6,Santé,other\n"}});
    const auto found = io::merge_proposals(n, {.least_score = 0.6}).expertises;
    REQUIRE(found.size() == 1);
    CHECK(n.id(found.front().keep) == "e1");
    CHECK(n.id(found.front().merge) == "e2");
}

// The reviewed list

TEST_CASE("read_merges: decisions, headers of both languages, chains to their ends", "[io][unit]") {
    const Network n = network_of({{"actors.csv", "id,name\na,Alpha\nb,Beta\nc,Gamma\nd,Delta\n"}});
    const Folder folder{{"l.csv", "Garder;Fusionner;Décision\nb;a;oui\nc;Beta;X\nd;a;\nd;c;non\nc;a;yes\n"}};
    const io::ReviewedMerges list = io::read_merges(folder.file("l.csv"), n);
    REQUIRE(list.actors.size() == 2);
    CHECK(n.id(list.actors[0].merge) == "a");
    CHECK(n.id(list.actors[0].keep) == "c");
    CHECK(n.id(list.actors[1].merge) == "b");
    CHECK(n.id(list.actors[1].keep) == "c");
    CHECK(list.rows == 5);
    CHECK(list.undecided == 1);
    CHECK(list.refused == 1);
    CHECK(list.repeated == 1);
}

TEST_CASE("read_merges: what is wrong is said with its place", "[io][unit]") {
    const Network n = network_of({{"actors.csv", "id,name\nalpha,A\nbeta,B\ngamma,C\ndelta,D\n"}});
    const auto wrong = [&n](const std::string& rows) {
        const Folder folder{{"l.csv", "keep,merge,decision\n" + rows}};
        try {
            (void)io::read_merges(folder.file("l.csv"), n);
        } catch (const InputError& error) {
            std::string all = said(error.diagnostics());
            for (std::size_t at = 0; (at = all.find(folder.file(""), at)) != std::string::npos;) {
                all.erase(at, folder.file("").size());
            }
            return all;
        }
        return std::string();
    };
    CHECK(wrong("alpha,betta,yes\n")
              .find("l.csv:2:7: error: there is no actor with the id or name \"betta\" "
                    "(did you mean \"beta\"") != std::string::npos);
    CHECK(wrong("alpha,alpha,yes\n") == "l.csv:2:7: error: \"alpha\" is merged into itself");
    CHECK(wrong("alpha,beta,perhaps\n").find("l.csv:2:12: error: a decision is yes, no or empty") == 0);
    CHECK(wrong("alpha,beta,yes\nbeta,alpha,yes\n").find("go round in a circle: ") != std::string::npos);
    CHECK(wrong("alpha,beta,yes\ngamma,beta,yes\n") ==
          "l.csv:3:7: error: \"beta\" is merged into \"gamma\" here and into \"alpha\" in line 2; it can go "
          "into "
          "one, or these two are merged as well");
    CHECK(wrong("alpha,beta,yes\ngamma,beta,yes\nalpha,gamma,yes\n").empty());
    CHECK(wrong("alpha,beta,yes\nbeta,alpha,no\n") ==
          "l.csv:3:6: error: \"alpha\" and \"beta\" are kept apart here and merged by line 2");
    CHECK(wrong("beta,alpha,yes\ngamma,beta,yes\ngamma,alpha,no\n").find("l.csv:4:7: error:") == 0);
    CHECK(wrong(",beta,yes\n").find("an actor is missing in column keep") != std::string::npos);
    const Folder no_decision{{"l.csv", "keep,merge\nalpha,beta\n"}};
    CHECK_THROWS_AS(io::read_merges(no_decision.file("l.csv"), n), InputError);
}

io::MergeResult merged(const Network& n, const std::string& rows) {
    const Folder folder{{"l.csv", "table,keep,merge,decision\n" + rows}};
    return io::merge_network(n, io::read_merges(folder.file("l.csv"), n), "l.csv");
}

std::size_t participations(const Network& n) {
    std::size_t count = 0;
    for (const PartnershipId p : n.partnerships().ids()) {
        count += n.members(p).size();
    }
    return count;
}

TEST_CASE("merge_network: nothing asked, nothing changed", "[io][property]") {
    const Folder folder{{"actors.csv", "id,name\na,A\nb,B\n"}, {"partnerships.csv", "id,a,b\np,a,b\n"}};
    const Network n = io::read_dataset(folder.path()).network;
    CHECK(io::digest(merged(n, "actors,a,b,\n").network) == io::digest(n));
    const Network region =
        io::read_dataset(std::string(MAILLAGE_SOURCE_DIR) + "/datasets/centre-val-de-loire").network;
    CHECK(io::digest(io::merge_network(region, {}, "l.csv").network) == io::digest(region));
}

TEST_CASE("merge_network: ties, expertises and cells go to the kept one and are counted", "[io][unit]") {
    const Folder folder{
        {"actors.csv",
         "id,name,place,url,tags,alias\na,Alpha,Tours,,x|y,\n"
         "b,Beta,Blois,http://b.fr,y|z,Bêta\nc,Gamma,,,,\n"},
        {"expertises.csv", "id,label\ne,Eau\nf,Fleuves\n"},
        {"actor_expertises.csv", "actor,expertise,level\na,e,0.5\nb,e,0.75\nb,f,1\n"},
        {"partnerships.csv", "id,a,b\np,a,b\nq,b,c\nr,,\n"},
        {"members.csv", "partnership,actor,role\nr,a,participant\nr,b,coordinator\nr,c,participant\n"}};
    const Network n = io::read_dataset(folder.path()).network;
    const io::MergeResult result = merged(n, "actors,a,b,yes\n");
    const Network& m = result.network;
    const io::MergeSummary& s = result.summary;
    CHECK(m.actors().size() == 2);
    CHECK(s.actors_merged == 1);
    CHECK(s.participations_before == 7);
    CHECK(s.participations_after == 5);
    CHECK(s.participations_united == 2);  // p and r
    CHECK(s.participations_moved == 3);
    CHECK(s.self_ties == 1);
    CHECK(participations(m) == s.participations_after);
    const ActorId a = *m.find_actor("a");
    CHECK(m.text(m.actors()[a].place) == "Tours");
    CHECK(m.text(m.actors()[a].url) == "http://b.fr");
    std::map<std::string, std::string> cells;
    for (std::size_t c = 0; c < m.attribute_names().size(); ++c) {
        cells[m.attribute_names()[c]] = m.text(m.attribute(c, a));
    }
    CHECK(cells["tags"] == "x|y|z");
    CHECK(cells["alias"] == "Bêta|Beta");
    REQUIRE(m.holdings().size() == 2);
    CHECK(m.holdings()[0].level == 0.75F);
    CHECK(s.holdings_before == s.holdings_after + s.holdings_united);
    const auto members = m.members(*m.find_partnership("r"));
    REQUIRE(members.size() == 2);
    CHECK(m.text(members[0].role) == "coordinator");
    CHECK(m.members(*m.find_partnership("p")).size() == 1);
    const std::string notes = said(result.diagnostics, Severity::note);
    CHECK(notes.find("l.csv:2:1: note: place of \"a\" is \"Tours\", of \"b\" \"Blois\"; the first is kept") !=
          std::string::npos);
    CHECK(notes.find("partnership \"p\" joined \"a\" with what is merged into it") != std::string::npos);
    CHECK(s.conflicts == 2);  // the place, the role
    REQUIRE(result.merges.size() == 1);
    CHECK(result.merges.front().spelled_name == "Beta");
}

TEST_CASE("merge_network: expertises, their children, topics and requirements", "[io][unit]") {
    const Folder folder{{"actors.csv", "id,name\na,A\nb,B\n"},
                        {"expertises.csv", "id,parent,label\ne,,Eau\nf,e,Fleuves\ng,,Eaux\nh,g,Lacs\n"},
                        {"actor_expertises.csv", "actor,expertise,level\na,e,0.5\na,g,1\n"},
                        {"partnerships.csv", "id,a,b,expertises\np,a,b,e|g\n"},
                        {"opportunities.csv", "id,title\no,Appel\n"},
                        {"opportunity_expertises.csv", "opportunity,expertise,weight\no,e,1\no,g,2\n"}};
    const Network n = io::read_dataset(folder.path()).network;
    const io::MergeResult result = merged(n, "expertises,e,Eaux,yes\n");
    const Network& m = result.network;
    CHECK(m.expertises().size() == 3);
    CHECK(m.expertises()[*m.find_expertise("h")].parent == *m.find_expertise("e"));
    CHECK(m.topics(PartnershipId{0}).size() == 1);
    REQUIRE(m.requirements(OpportunityId{0}).size() == 1);
    CHECK(m.requirements(OpportunityId{0}).front().weight == 2.0);
    CHECK(result.summary.holdings_united == 1);
    CHECK(result.summary.topics_united == 1);
    CHECK(result.summary.requirements_united == 1);
    CHECK(m.holdings().front().level == 1.0F);
    // a parent into its child: the child takes its place; a grandparent would be under itself
    const Network up = merged(n, "expertises,f,e,yes\n").network;
    CHECK(up.expertises()[*up.find_expertise("f")].parent == none<ExpertiseId>);
    const Network deep = network_of(
        {{"actors.csv", "id,name\na,A\n"}, {"expertises.csv", "id,parent,label\nr,,R\nm,r,M\nk,m,K\n"}});
    CHECK_THROWS_AS(merged(deep, "expertises,k,r,yes\n"), InputError);
}

TEST_CASE("merge_network: counts add up on the region, whatever is merged", "[io][property]") {
    const Network n =
        io::read_dataset(std::string(MAILLAGE_SOURCE_DIR) + "/datasets/centre-val-de-loire").network;
    io::ReviewedMerges list;
    // every third actor into the one before it that stays
    for (std::uint32_t a = 2; a < n.actors().size(); a += 3) {
        list.actors.push_back({ActorId{a}, ActorId{a - 1}, a});
    }
    const io::MergeResult result = io::merge_network(n, list, "l.csv");
    const io::MergeSummary& s = result.summary;
    CHECK(result.network.actors().size() == n.actors().size() - list.actors.size());
    CHECK(s.participations_before == participations(n));
    CHECK(s.participations_after == participations(result.network));
    CHECK(s.participations_before == s.participations_after + s.participations_united);
    CHECK(s.holdings_before == s.holdings_after + s.holdings_united);
    CHECK(result.network.holdings().size() == s.holdings_after);
    CHECK(result.network.partnerships().size() == n.partnerships().size());
    std::ostringstream written;
    io::write_json_dataset(written, result.network);
    const Folder folder{{"merged.json", written.str()}};
    CHECK(io::digest(io::read_dataset(folder.file("merged.json")).network) == io::digest(result.network));
}

}  // namespace
