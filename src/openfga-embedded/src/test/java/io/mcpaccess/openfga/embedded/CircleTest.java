package io.mcpaccess.openfga.embedded;

import static io.mcpaccess.openfga.embedded.Engines.allows;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.openfga.embedded.explain.Explainer;
import io.mcpaccess.openfga.embedded.explain.Explanation;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tuples that go in circles below an exclusion. */
class CircleTest {

    private static final String ROLES = """
            model
              schema 1.1
            type user
            type role
              relations
                define assignee: [user, role#assignee]
                define suspended: [user, role#suspended]
                define active: assignee but not suspended
            type tool
              relations
                define can_call: [role#active]
            """;
    private static final String[] CIRCLE = {
        "role:a#assignee@user:x",
        "role:b#suspended@role:a#suspended",
        "role:a#suspended@role:b#suspended",
        "tool:t#can_call@role:a#active"
    };

    @Test
    void rolesThatSuspendEachOtherSuspendNobodyWhoIsNotInThem() {
        EmbeddedEngine engine = Engines.of(ROLES, CIRCLE);
        assertThat(allows(engine, "tool:t#can_call@user:x")).isTrue();
        assertThat(users(engine, "tool:t", "can_call")).containsExactly("user:x");
        assertThat(objects(engine, "user:x", "can_call", "tool")).containsExactly("tool:t");
        Explanation explanation =
                new Explainer().explain(engine.view(), CheckRequest.of("user:x", "can_call", "tool:t"), Engines.TIME);
        assertThat(explanation.answer()).isEqualTo(Explanation.Answer.ALLOW);
        assertThat(explanation.path()).isNotEmpty();
    }

    @Test
    void rolesThatSuspendEachOtherSuspendWhoIsInOneOfThem() {
        EmbeddedEngine engine = Engines.of(ROLES, CIRCLE);
        engine.write(List.of(Engines.tuple("role:b#suspended@user:x")), List.of());
        assertThat(allows(engine, "tool:t#can_call@user:x")).isFalse();
        assertThat(users(engine, "tool:t", "can_call")).isEmpty();
        assertThat(objects(engine, "user:x", "can_call", "tool")).isEmpty();
    }

    @Test
    void foldersWithinEachOtherBanNobodyWhoIsNotBannedInThem() {
        EmbeddedEngine engine = Engines.of("""
                model
                  schema 1.1
                type user
                type box
                  relations
                    define parent: [box]
                    define member: [user]
                    define banned: [user] or banned from parent
                    define ok: member but not banned
                """, "box:a#member@user:x", "box:b#parent@box:a", "box:a#parent@box:b");
        assertThat(allows(engine, "box:a#ok@user:x")).isTrue();
        assertThat(users(engine, "box:a", "ok")).containsExactly("user:x");
        assertThat(objects(engine, "user:x", "ok", "box")).containsExactly("box:a");
    }

    /** Through two relations OpenFGA sees a circle, of which nothing is certain. */
    @Test
    void aCircleThroughTwoRelationsBelowAnExclusionLetsNobodyIn() {
        EmbeddedEngine engine =
                Engines.of("""
                model
                  schema 1.1
                type user
                type role
                  relations
                    define member: [user]
                    define barred: [user, role#shut]
                    define shut: [user, role#barred]
                    define ok: member but not barred
                """, "role:a#member@user:x", "role:a#barred@role:b#shut", "role:b#shut@role:a#barred");
        assertThat(allows(engine, "role:a#ok@user:x")).isFalse();
        assertThat(users(engine, "role:a", "ok")).isEmpty();
        assertThat(objects(engine, "user:x", "ok", "role")).isEmpty();
    }

    /** Each role is walked once: all ways through thirty of them would take for ever. */
    @Test
    void rolesThatAreAllWithinEachOtherAreAnsweredInTime() {
        String[] tuples = Stream.concat(
                        Stream.of("role:0#assignee@user:x"),
                        IntStream.range(0, 30)
                                .boxed()
                                .flatMap(from -> IntStream.range(0, 30)
                                        .filter(to -> to != from)
                                        .mapToObj(to -> "role:" + from + "#suspended@role:" + to + "#suspended")))
                .toArray(String[]::new);
        EmbeddedEngine engine = Engines.of(ROLES, tuples);
        assertThat(allows(engine, "role:0#active@user:x")).isTrue();
        engine.write(List.of(Engines.tuple("role:29#suspended@user:x")), List.of());
        assertThat(allows(engine, "role:0#active@user:x")).isFalse();
    }

    private static List<String> users(EmbeddedEngine engine, String object, String relation) {
        return engine.view()
                .listUsers(object, relation, "user", Map.of(), List.of(), 100, Engines.TIME)
                .items();
    }

    private static List<String> objects(EmbeddedEngine engine, String user, String relation, String type) {
        return engine.view()
                .listObjects(user, relation, type, Map.of(), List.of(), 100, Engines.TIME)
                .items();
    }
}
