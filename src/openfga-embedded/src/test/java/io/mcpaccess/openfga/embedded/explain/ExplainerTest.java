package io.mcpaccess.openfga.embedded.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.CheckRequest;
import io.mcpaccess.openfga.embedded.EmbeddedEngine;
import io.mcpaccess.openfga.embedded.Engines;
import io.mcpaccess.openfga.embedded.explain.Explanation.Answer;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class ExplainerTest {

    private static final String MODEL = """
        model
          schema 1.1
        type user
          relations
            define assistant: [user]
        type team
          relations
            define member: [user, team#member]
        type server
          relations
            define owner: [user]
            define admin: [team#member] or owner or assistant from owner
        type tool
          relations
            define server: [server]
            define trained: [user, user:*]
            define banned: [user, team#member]
            define granted: [user, team#member, user with in_hours, user with until] or admin from server
            define can_call: (granted and trained) but not banned
        condition in_hours(hour: int, from: int, to: int) {
          hour >= from && hour < to
        }
        condition until(current_time: timestamp, end: timestamp) {
          current_time < end
        }
        """;

    private static final String[] TUPLES = {
        "tool:pay#server@server:billing",
        "server:billing#admin@team:ops#member",
        "server:billing#owner@user:olga",
        "user:olga#assistant@user:sam",
        "team:ops#member@team:night#member",
        "team:night#member@user:ann",
        "tool:pay#trained@user:*",
        "tool:pay#banned@team:interns#member",
        "team:interns#member@user:ian",
        "tool:pay#granted@user:ian",
        "team:payments#member@user:bob",
        "tool:list#granted@user:bob",
    };

    private final EmbeddedEngine engine = Engines.of(MODEL, TUPLES);
    private final Explainer explainer = new Explainer();

    private Explanation explain(String tuple) {
        return explain(tuple, Map.of());
    }

    private Explanation explain(String tuple, Map<String, Object> context) {
        TupleKey key = Engines.key(tuple);
        return explainer.explain(engine.view(), new CheckRequest(key, context, List.of()), Explainer.TIME_LIMIT);
    }

    private static List<String> keys(List<StoredTuple> tuples) {
        return tuples.stream()
                .map(tuple -> tuple.key().object() + "#" + tuple.key().relation() + "@"
                        + tuple.key().user())
                .toList();
    }

    @Test
    void showsTheShortestPathOfAnAllow() {
        Explanation explanation = explain("tool:pay#can_call@user:ann");
        assertThat(explanation.answer()).isEqualTo(Answer.ALLOW);
        assertThat(explanation.complete()).isTrue();
        assertThat(keys(explanation.path().stream()
                        .flatMap(step -> step.tuple().stream())
                        .toList()))
                .containsExactly(
                        "tool:pay#server@server:billing",
                        "server:billing#admin@team:ops#member",
                        "team:ops#member@team:night#member",
                        "team:night#member@user:ann",
                        "tool:pay#trained@user:*");
        assertThat(explanation.path())
                .extracting(ProofStep::kind)
                .contains(ProofStep.Kind.ALL_OF, ProofStep.Kind.NOT_BLOCKED);
        assertThat(explanation.path())
                .allSatisfy(step -> assertThat(step.line()).isPresent());
        assertThat(explanation.toText())
                .contains("Allowed: user:ann has can_call of tool:pay")
                .contains("model line 18: define granted:");
    }

    @Test
    void prefersTheShorterOfTwoPaths() {
        engine.write(List.of(Engines.tuple("tool:pay#granted@user:ann")), List.of());
        assertThat(explain("tool:pay#granted@user:ann").path())
                .singleElement()
                .satisfies(step -> assertThat(step.kind()).isEqualTo(ProofStep.Kind.USER));
    }

    @Test
    void saysWhatIsMissing() {
        Explanation explanation = explain("tool:list#can_call@user:bob");
        assertThat(explanation.answer()).isEqualTo(Answer.DENY);
        assertThat(keys(explanation.missing().get(0))).containsExactly("tool:list#trained@user:bob");
        assertThat(explanation.toText()).contains("add user:bob trained tool:list");
    }

    @Test
    void ranksTheSmallestSetsFirstAndKeepsFive() {
        Explanation explanation = explain("tool:pay#can_call@user:bob");
        assertThat(explanation.missing()).hasSizeBetween(3, 5);
        assertThat(keys(explanation.missing().get(0))).containsExactly("tool:pay#granted@user:bob");
        assertThat(explanation.missing().stream().map(ExplainerTest::keys))
                .contains(List.of("tool:pay#granted@team:payments#member"))
                .contains(List.of("team:ops#member@user:bob"));
    }

    @Test
    void whatItSaysIsMissingAllows() {
        for (String question : List.of("tool:pay#can_call@user:bob", "tool:new#can_call@user:eve")) {
            Explanation explanation = explain(question);
            assertThat(explanation.missing()).isNotEmpty();
            for (List<StoredTuple> tuples : explanation.missing()) {
                EmbeddedEngine other = Engines.of(MODEL, TUPLES);
                other.write(tuples, List.of());
                assertThat(Engines.allows(other, question))
                        .as(tuples.toString())
                        .isTrue();
            }
        }
    }

    @Test
    void saysWhichRuleBlocked() {
        Explanation explanation = explain("tool:pay#can_call@user:ian");
        assertThat(explanation.blocked()).singleElement().satisfies(blocked -> {
            assertThat(blocked.text()).isEqualTo("user:ian is excluded from can_call of tool:pay");
            assertThat(blocked.line().orElseThrow().text()).startsWith("define can_call");
            assertThat(blocked.because())
                    .extracting(ProofStep::kind)
                    .containsExactly(ProofStep.Kind.IMPLIED, ProofStep.Kind.GROUP, ProofStep.Kind.USER);
        });
        assertThat(explanation.missing()).isEmpty();
        assertThat(explanation.toText()).contains("Blocked: user:ian is excluded");
    }

    @Test
    void saysWhichConditionFailedOnWhichParameter() {
        StoredTuple.Condition condition = new StoredTuple.Condition("in_hours", Map.of("from", 8, "to", 18));
        engine.write(
                List.of(new StoredTuple(Engines.key("tool:pay#granted@user:eve"), Optional.of(condition))), List.of());

        Explanation late = explain("tool:pay#can_call@user:eve", Map.of("hour", 20));
        assertThat(late.answer()).isEqualTo(Answer.DENY);
        assertThat(late.conditions()).singleElement().satisfies(failed -> {
            assertThat(failed.problem()).isEqualTo(FailedCondition.Problem.NOT_MET);
            assertThat(failed.parameters()).containsExactlyInAnyOrder("hour", "to");
            assertThat(failed.line().orElseThrow().text()).startsWith("condition in_hours");
        });

        Explanation unknown = explain("tool:pay#can_call@user:eve");
        assertThat(unknown.answer()).isEqualTo(Answer.ERROR);
        assertThat(unknown.conditions()).singleElement().satisfies(failed -> {
            assertThat(failed.problem()).isEqualTo(FailedCondition.Problem.UNDECIDED);
            assertThat(failed.parameters()).containsExactly("hour");
        });
    }

    @Test
    void saysWhenAGrantExpired() {
        StoredTuple.Condition condition =
                new StoredTuple.Condition("until", Map.of("end", "2026-01-01T10:00:00+01:00"));
        engine.write(
                List.of(new StoredTuple(Engines.key("tool:pay#granted@user:eve"), Optional.of(condition))), List.of());
        Map<String, Object> later = Map.of("current_time", "2026-01-02T00:00:00Z");

        Explanation explanation = explain("tool:pay#can_call@user:eve", later);

        assertThat(explanation.conditions())
                .singleElement()
                .satisfies(failed -> assertThat(failed.expired()).hasToString("Optional[2026-01-01T09:00:00Z]"));
        assertThat(explanation.toText())
                .contains("The grant user:eve granted tool:pay with until expired at 2026-01-01T09:00:00Z");
        assertThat(explanation.toJson().get("conditions").toString()).contains("expired_at=2026-01-01T09:00:00Z");
        assertThat(explanation.toSvg()).contains("expired at 2026-01-01T09:00:00Z");
    }

    @Test
    void neverNamesOtherUsers() throws JsonProcessingException {
        for (String user : List.of("user:sam", "user:bob", "user:eve", "user:ann")) {
            for (String relation : List.of("can_call", "granted", "banned")) {
                Explanation explanation = explain("tool:pay#" + relation + "@" + user);
                String all = explanation.toText()
                        + explanation.toSvg()
                        + new ObjectMapper().writeValueAsString(explanation.toJson());
                for (String other : List.of("olga", "ian", "sam", "bob", "ann")) {
                    if (!user.endsWith(other)) {
                        assertThat(all).doesNotContain(":" + other);
                    }
                }
            }
        }
        assertThat(explain("tool:pay#granted@user:sam").toText()).contains("user:(another)");
    }

    @Test
    void answersWhatTheModelDoesNotKnowWithTheError() {
        Explanation explanation = explain("tool:pay#can_fly@user:ann");
        assertThat(explanation.answer()).isEqualTo(Answer.ERROR);
        assertThat(explanation.toText()).contains("can_fly");
    }

    @Test
    void drawsAPicture() throws Exception {
        engine.write(List.of(Engines.tuple("tool:<b>&\"x\"#granted@user:ann")), List.of());
        for (String question : List.of(
                "tool:pay#can_call@user:ann", "tool:pay#can_call@user:ian", "tool:<b>&\"x\"#granted@user:ann")) {
            String svg = explain(question).toSvg();
            DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
            assertThat(svg).doesNotContain("<script").contains("model line");
        }
    }

    @Test
    void isWrittenAsJson() {
        Map<String, Object> json = explain("tool:pay#can_call@user:ann").toJson();
        assertThat(json).containsEntry("answer", "allow").containsKeys("question", "path", "complete", "text");
        assertThat(json.get("svg")).asString().startsWith("<svg");
        assertThat(explain("tool:pay#can_call@user:ian").toJson()).containsKeys("missing", "conditions", "blocked");
    }

    @Test
    void endsInTimeInAStoreOfManyGroups() {
        String[] many = new String[20_000];
        for (int i = 0; i < many.length; i++) {
            many[i] = "tool:pay#granted@team:t" + i + "#member";
        }
        EmbeddedEngine big = Engines.of(MODEL, many);
        long start = System.nanoTime();
        Explanation explanation =
                explainer.explain(big.view(), CheckRequest.of("user:eve", "granted", "tool:pay"), Explainer.TIME_LIMIT);
        assertThat(System.nanoTime() - start).isLessThan(4_000_000_000L);
        assertThat(explanation.answer()).isEqualTo(Answer.DENY);
        assertThat(keys(explanation.missing().get(0))).containsExactly("tool:pay#granted@user:eve");
        assertThat(explanation.complete()).isFalse();
    }
}
