package io.mcpaccess.authzen.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpaccess.authzen.testing.AmDomain;
import io.mcpaccess.authzen.testing.SpiEngine;
import io.mcpaccess.openfga.testing.FuzzTime;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Bodies that nobody would send, over HTTP: never a 500, and never an allow that {@link StrictModel} does not read in the
 * same body. Runs for seconds in every build and for ten minutes with {@code -Pfuzz}.
 */
@AddLifecycleHook(FuzzTime.class)
class RequestFuzzTest {

    private static final String ALLOWED = "user:alice read record:r1";
    private static final int ENDLESS = Integer.MAX_VALUE;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SpiEngine ENGINE = new SpiEngine();
    private static AmDomain domain;

    private static final String QUESTION =
            "{\"subject\":{\"type\":\"user\",\"id\":\"alice\"},\"action\":{\"name\":\"read\"},"
                    + "\"resource\":{\"type\":\"record\",\"id\":\"r1\",\"properties\":{\"a\":[1,null]}},\"context\":{\"b\":{}}}";
    private static final List<String> SEEDS = List.of(
            QUESTION,
            QUESTION.replace("alice", "bob"),
            "{\"evaluations\":[" + QUESTION + ",{}," + QUESTION.replace("r1", "r2") + "]}",
            "{\"subject\":{\"type\":\"user\",\"id\":\"alice\"},\"action\":{\"name\":\"read\"},"
                    + "\"evaluations\":[{\"resource\":{\"type\":\"record\",\"id\":\"r1\"}},{\"resource\":{\"type\":\"record\"}}],"
                    + "\"options\":{\"evaluations_semantic\":\"deny_on_first_deny\"},\"page\":{\"limit\":1,\"token\":\"\"}}");
    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "null",
            "true",
            "-0",
            "1e999",
            "\\u0000",
            "\\ud800",
            "\u202e",
            "\ufeff",
            "#",
            "*",
            "\"id\":\"alice\",",
            "\"id\":\"bob\",",
            "\"subject\":{},",
            "\"\\u0069d\":\"alice\",",
            "alice",
            "bob",
            "r1",
            "user",
            " ",
            "//x\n",
            "\"evaluations\":[",
            "\"properties\":{\"x\":1},",
            "\u00e9",
            "\ud83d\ude00");

    @BeforeContainer
    static void start() throws Exception {
        ENGINE.permissions.add(ALLOWED);
        domain = AmDomain.startedWith(ENGINE);
    }

    @AfterContainer
    static void stop() {
        domain.close();
    }

    @Property(tries = ENDLESS, shrinking = ShrinkingMode.BOUNDED)
    void requestsThatAreTornAndPatched(@ForAll("patched") String body, @ForAll("path") String path) throws Exception {
        check(path, body.getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = ENDLESS, shrinking = ShrinkingMode.BOUNDED)
    void bytesOfAnyKind(@ForAll @Size(max = 200) byte[] noise, @ForAll("cut") int at, @ForAll("path") String path)
            throws Exception {
        byte[] seed = QUESTION.getBytes(StandardCharsets.UTF_8);
        byte[] body = new byte[seed.length + noise.length];
        System.arraycopy(seed, 0, body, 0, at);
        System.arraycopy(noise, 0, body, at, noise.length);
        System.arraycopy(seed, at, body, at + noise.length, seed.length - at);
        check(path, body);
        check(path, noise);
    }

    @Property(tries = ENDLESS, shrinking = ShrinkingMode.BOUNDED)
    void jsonOfAnyShape(@ForAll("shaped") String body, @ForAll("path") String path) throws Exception {
        check(path, body.getBytes(StandardCharsets.UTF_8));
    }

    @Provide
    Arbitrary<String> path() {
        return Arbitraries.of("/evaluation", "/evaluations", "/search/subject", "/search/resource", "/search/action");
    }

    @Provide
    Arbitrary<Integer> cut() {
        return Arbitraries.integers().between(0, QUESTION.length());
    }

    /** A request with up to six places where something is cut out and something else put in. */
    @Provide
    Arbitrary<String> patched() {
        Arbitrary<String> piece =
                Arbitraries.oneOf(Arbitraries.of(PIECES), Arbitraries.strings().ofMaxLength(4), Arbitraries.just(""));
        Arbitrary<Patch> patch = Combinators.combine(
                        Arbitraries.doubles().between(0, 1),
                        Arbitraries.integers().between(0, 12),
                        piece)
                .as(Patch::new);
        return Combinators.combine(Arbitraries.of(SEEDS), patch.list().ofMaxSize(6))
                .as((seed, patches) -> {
                    String body = seed;
                    for (Patch each : patches) {
                        body = each.apply(body);
                    }
                    return body;
                });
    }

    private record Patch(double where, int cut, String piece) {

        String apply(String body) {
            int at = (int) (where * body.length());
            return body.substring(0, at) + piece + body.substring(Math.min(body.length(), at + cut));
        }
    }

    /** Objects whose members have the right names and anything for values, some twice. */
    @Provide
    Arbitrary<String> shaped() {
        return object(3);
    }

    private static Arbitrary<String> object(int depth) {
        Arbitrary<String> name = Arbitraries.of(
                "subject",
                "action",
                "resource",
                "context",
                "evaluations",
                "options",
                "page",
                "type",
                "id",
                "name",
                "properties",
                "evaluations_semantic",
                "token",
                "limit",
                "x");
        Arbitrary<String> member = Combinators.combine(name, value(depth)).as((n, v) -> "\"" + n + "\":" + v);
        return member.list().ofMaxSize(6).map(members -> "{" + String.join(",", members) + "}");
    }

    private static Arbitrary<String> value(int depth) {
        Arbitrary<String> leaf = Arbitraries.of(
                "\"user\"",
                "\"alice\"",
                "\"read\"",
                "\"record\"",
                "\"r1\"",
                "\"\"",
                "null",
                "true",
                "0",
                "-1",
                "1e400",
                "12345678901234567890",
                "\"execute_all\"",
                "\"a#b\"",
                "\"*\"",
                "[]",
                "{}",
                "{\"type\":\"user\",\"id\":\"alice\"}",
                "{\"name\":\"read\"}",
                "{\"type\":\"record\",\"id\":\"r1\"}");
        if (depth == 0) {
            return leaf;
        }
        Arbitrary<String> array = Arbitraries.lazy(() -> value(depth - 1))
                .list()
                .ofMaxSize(3)
                .map(values -> "[" + String.join(",", values) + "]");
        return Arbitraries.oneOf(leaf, leaf, array, Arbitraries.lazy(() -> object(depth - 1)));
    }

    private static void check(String path, byte[] body) throws Exception {
        HttpResponse<String> response =
                domain.send(domain.request("/demo/access/v1" + path, AmDomain.basic("billing-mcp:s2"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
        assertThat(response.statusCode()).as(response.body()).isIn(200, 400);
        if (response.statusCode() == 400 || path.startsWith("/search")) {
            return;
        }
        JsonNode answer = JSON.readTree(response.body());
        List<JsonNode> answers = new ArrayList<>();
        if (answer.has("evaluations")) {
            answer.path("evaluations").forEach(answers::add);
        } else {
            answers.add(answer);
        }
        List<String> questions = path.equals("/evaluation") ? StrictModel.single(body) : StrictModel.questions(body);
        for (int i = 0; i < answers.size(); i++) {
            if (answers.get(i).path("decision").booleanValue()) {
                assertThat(questions.get(i)).isEqualTo(ALLOWED);
            }
        }
    }
}
