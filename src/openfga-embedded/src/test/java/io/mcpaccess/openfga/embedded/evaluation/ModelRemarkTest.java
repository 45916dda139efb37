package io.mcpaccess.openfga.embedded.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.mcpaccess.openfga.embedded.evaluation.ModelRemark.Kind;
import io.mcpaccess.openfga.embedded.model.ModelReader;
import io.mcpaccess.openfga.embedded.tuples.Symbols;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The answers are those of OpenFGA's graph builder (language 0.3.2, which OpenFGA 1.22.1 decides with). */
class ModelRemarkTest {

    private static final String HEAD = "model\n  schema 1.1\ntype user\ntype bot\n";

    @Test
    void aModelOfRolesAndParentsHasAPlace() {
        assertThat(remarks("""
                type role
                  relations
                    define member: [user, role#member]
                type folder
                  relations
                    define parent: [folder]
                    define blocked: [user]
                    define reader: [user, role#member] or reader from parent
                    define may_read: reader but not blocked
                """)).isEmpty();
    }

    @Test
    void aParentWithoutTheRelation() {
        assertThat(remarks("""
                type shelf
                  relations
                    define owner: [user]
                type folder
                  relations
                    define parent: [folder, shelf]
                    define reader: [user] or reader from parent
                """))
                .extracting(ModelRemark::type, ModelRemark::relation, ModelRemark::kind, ModelRemark::other)
                .containsExactly(tuple("folder", "reader", Kind.PARENT_WITHOUT_RELATION, "shelf#reader"));
    }

    @Test
    void anOperatorInACircle() {
        assertThat(remarks("""
                type folder
                  relations
                    define parent: [folder]
                    define blocked: [user]
                    define reader: ([user] or reader from parent) but not blocked
                """))
                .extracting(ModelRemark::relation, ModelRemark::kind)
                .containsExactly(tuple("reader", Kind.OPERATOR_IN_CIRCLE));
    }

    @Test
    void anIntersectionThatNobodyCanHave() {
        assertThat(remarks("""
                type tool
                  relations
                    define a: [user]
                    define b: [bot]
                    define both: a and b
                    define some: a or b
                """))
                .extracting(ModelRemark::relation, ModelRemark::kind)
                .containsExactly(tuple("both", Kind.NOTHING_IN_COMMON));
    }

    @Test
    void anExclusionOfItself() {
        assertThat(remarks("""
                type tool
                  relations
                    define parent: [tool]
                    define a: [user]
                    define none: a from parent but not a from parent
                    define placed: a but not a
                """))
                .extracting(ModelRemark::relation, ModelRemark::kind)
                .containsExactly(tuple("none", Kind.NOTHING_LEFT));
    }

    @Test
    void aRemarkIsASentenceWithWhatToDo() {
        assertThat(new ModelRemark("folder", "reader", Kind.PARENT_WITHOUT_RELATION, "shelf#reader"))
                .hasToString(
                        "folder#reader: it follows \"shelf#reader\", which that type does not have. Give the type the"
                                + " relation, or keep it out of the types of the parent. OpenFGA's newer way to decide (1.18 and"
                                + " newer) has no place for it.");
    }

    private static List<ModelRemark> remarks(String types) {
        return ModelPlan.compile(ModelReader.fromDsl(HEAD + types), new Symbols())
                .remarks();
    }
}
