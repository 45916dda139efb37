package io.mcpaccess.registry.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class KnownMembersTest {

    private final ObjectNode json = JsonNodeFactory.instance.objectNode().put("user", "user:a");

    @Test
    void whatIsKnownIsNoFault() {
        assertThat(KnownMembers.fault(json, "A tuple", "user", "relation")).isEmpty();
        assertThat(KnownMembers.fault(json.path("condition"), "A condition", "name"))
                .isEmpty();
    }

    @Test
    void attack_aMisspeltMemberIsNamedAndForgesNoLine() {
        json.put("conditon\n", "x");

        assertThat(KnownMembers.fault(json, "A tuple", "user", "condition"))
                .contains("A tuple has no 'conditon?'; there are user, condition");
    }
}
