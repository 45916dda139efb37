package io.mcpaccess.openfga.embedded.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HoldableRelationsTest {

    private static List<String> held(String subjectType, String relations) {
        String dsl = """
                model
                  schema 1.1
                type user
                type agent
                type group
                  relations
                    define member: [user, group#member]
                    define bot: [agent]
                type folder
                  relations
                    define viewer: [user]
                    define robot: [agent]
                type tool
                  relations
                """ + relations.indent(4);
        return new HoldableRelations(ModelReader.fromDsl(dsl)).of(subjectType, "tool");
    }

    @Test
    void directTypesAndWildcardsOfTheSubjectCount() {
        assertThat(held("user", """
                define named: [user]
                define everyone: [user:*]
                define machine: [agent, agent:*]
                define none: [group]""")).containsExactlyInAnyOrder("named", "everyone");
    }

    @Test
    void aUsersetCountsForThoseWhoCanBeInIt() {
        String relations = """
                define member: [group#member]
                define bot: [group#bot]""";

        assertThat(held("user", relations)).containsExactlyInAnyOrder("member");
        assertThat(held("agent", relations)).containsExactlyInAnyOrder("bot");
        assertThat(held("group", relations)).as("a group is in no group itself").isEmpty();
    }

    @Test
    void whatFollowsFromAnotherRelationCountsWithIt() {
        assertThat(held("user", """
                define can_call: caller
                define caller: owner
                define owner: [user]
                define run: machine
                define machine: [agent]""")).containsExactlyInAnyOrder("can_call", "caller", "owner");
    }

    @Test
    void relatedObjectsLeadOnlyToThoseWhoHoldTheirRelation() {
        String relations = """
                define parent: [folder]
                define viewer: viewer from parent
                define robot: robot from parent""";

        assertThat(held("user", relations)).containsExactlyInAnyOrder("viewer");
        assertThat(held("agent", relations)).containsExactlyInAnyOrder("robot");
        assertThat(held("folder", relations)).containsExactlyInAnyOrder("parent");
    }

    @Test
    void aUnionNeedsOneAnIntersectionAllAnExclusionItsBase() {
        assertThat(held("user", """
                define named: [user]
                define machine: [agent]
                define either: named or machine
                define both: named and machine
                define spared: named but not machine
                define freed: machine but not named""")).containsExactlyInAnyOrder("named", "either", "spared");
    }

    @Test
    void relationsThatOnlyLeadInACircleAreHeldByNobody() {
        assertThat(held("user", """
                define parent: [tool]
                define owner: [agent] or owner from parent""")).isEmpty();
    }

    @Test
    void unknownTypesHaveNone() {
        HoldableRelations relations = new HoldableRelations(ModelReader.fromDsl("""
                model
                  schema 1.1
                type user
                """));

        assertThat(relations.of("user", "nothing")).isEmpty();
        assertThat(relations.of("nobody", "user")).isEmpty();
    }
}
