package io.mcpaccess.openfga.embedded.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TupleCsvTest {

    private static final List<StoredTuple> TUPLES = List.of(
            StoredTuple.of(new TupleKey("user:*", "can_call", "tool:list")),
            StoredTuple.of(new TupleKey("role:clerk#assignee", "can_call", "tool:a,b\"c")),
            StoredTuple.of(new TupleKey("user:ldap/anne:x", "can_call", "tool:billing/pay:now")),
            new StoredTuple(
                    new TupleKey("user:bob", "can_call", "tool:pay"),
                    Optional.of(new StoredTuple.Condition("up_to", Map.of("limit", 5)))),
            new StoredTuple(
                    new TupleKey("user:eve", "can_call", "tool:pay"),
                    Optional.of(new StoredTuple.Condition("small", Map.of()))));

    @Test
    void whatIsWrittenIsReadAgain() throws StoreFileException {
        assertThat(TupleCsv.read("t.csv", TupleCsv.write(TUPLES))).isEqualTo(TUPLES);
    }

    @Test
    void columnsAreThoseOfOpenFgasCommandLine() {
        assertThat(TupleCsv.write(TUPLES).lines())
                .containsExactly(
                        "user_type,user_id,user_relation,relation,object_type,object_id,condition_name,condition_context",
                        "user,*,,can_call,tool,list,,",
                        "role,clerk,assignee,can_call,tool,\"a,b\"\"c\",,",
                        "user,ldap/anne:x,,can_call,tool,billing/pay:now,,",
                        "user,bob,,can_call,tool,pay,up_to,\"{\"\"limit\"\":5}\"",
                        "user,eve,,can_call,tool,pay,small,");
    }

    @Test
    void attack_aRecordThatIsNotWholeIsNoTuple() {
        for (String record : List.of(
                "user,bob,,can_call,tool",
                "user,,,can_call,tool,pay,,",
                "a,b,,c,d,e,f,{",
                "user,bob,,can_call,tool,pay,,\"{\"\"limit\"\":5}\"",
                "user,bob,,can_call,tool,pay,up_to,\"{\"\"limit\"\":5,\"\"limit\"\":99}\"",
                "user,bob,,can_call,tool,pay,up_to,\"{\"\"limit\"\":5} and more\"")) {
            String text = TupleCsv.write(List.of()) + record + "\n";

            assertThatThrownBy(() -> TupleCsv.read("t.csv", text))
                    .as(record)
                    .isInstanceOf(StoreFileException.class)
                    .hasMessageContaining("t.csv, line 2");
        }
    }

    @Test
    void attack_aColumnThatStandsTwiceIsRefused() {
        assertThatThrownBy(() -> TupleCsv.read("t.csv", "user_type,user_id,user_id,relation,object_type,object_id\n"))
                .isInstanceOf(StoreFileException.class)
                .hasMessageContaining("\"user_id\" stands twice");
    }
}
