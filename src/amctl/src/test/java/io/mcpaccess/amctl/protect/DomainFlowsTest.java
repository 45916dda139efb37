package io.mcpaccess.amctl.protect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.amctl.protect.Item.Change;
import io.mcpaccess.amctl.terminal.CommandFailure;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DomainFlowsTest {
    private static final String EMPTY = """
        [{"id":null,"name":"TOKEN","pre":null,"post":null,"enabled":true,"type":"token","condition":null},
         {"id":null,"name":"CONSENT","pre":null,"post":null,"enabled":true,"type":"consent","condition":null}]\
        """;
    private static final String OTHERS = """
        [{"id":"f1","name":"mine","pre":[{"name":"a","policy":"groovy","configuration":"{}","enabled":true,"x":1}],"post":null,
          "enabled":true,"type":"token","condition":"{#a}","createdAt":1,"updatedAt":2}]\
        """;

    @Test
    void putsThreeStepsIntoFlowsOfItsOwnAndSendsNoEmptyOne() {
        DomainFlows flows = new DomainFlows(json(EMPTY));

        flows.protect("observe", Receipt.NONE);

        assertThat(flows.items()).extracting(Item::change).containsOnly(Change.ADDED);
        assertThat(flows.body().findValuesAsText("type")).containsExactly("TOKEN", "CONSENT");
        assertThat(flows.body().findValuesAsText("policy")).hasSize(3).containsOnly("mcp-tool-access");
        assertThat(flows.body()
                        .path(0)
                        .path("pre")
                        .path(0)
                        .path("configuration")
                        .asText())
                .isEqualTo("{\"mode\":\"observe\"}");
    }

    @Test
    void theSecondTimeNothingIsToDo() {
        JsonNode done = protectedFlows(EMPTY, Receipt.NONE);

        DomainFlows again = new DomainFlows(done);
        again.protect("narrow", Receipt.NONE);

        assertThat(again.items()).extracting(Item::change).containsOnly(Change.UNCHANGED);
        assertThat(again.body()).isEqualTo(new DomainFlows(done).body());
    }

    @Test
    void undoGivesBackTheSameListAndLeavesOthersWordForWord() {
        JsonNode done = protectedFlows(OTHERS, Receipt.NONE);
        assertThat(done).hasSize(3);

        DomainFlows undone = new DomainFlows(done);
        undone.undo();

        assertThat(undone.body()).isEqualTo(new DomainFlows(json(OTHERS)).body());
        assertThat(undone.body().path(0).path("pre").path(0).path("x").asInt()).isEqualTo(1);
    }

    @Test
    void aStepWithAConditionOrInAFlowThatIsOffDoesNotCount() {
        for (String off : new String[] {
            "\"enabled\":false,\"condition\":null,\"pre\":[{\"policy\":\"mcp-tool-access\",\"enabled\":true}]",
            "\"enabled\":true,\"condition\":\"{#x}\",\"pre\":[{\"policy\":\"mcp-tool-access\",\"enabled\":true}]",
            "\"enabled\":true,\"pre\":[{\"policy\":\"mcp-tool-access\",\"enabled\":false}]",
            "\"enabled\":true,\"pre\":[{\"policy\":\"mcp-tool-access\",\"enabled\":true,\"condition\":\"{#x}\"}]"
        }) {
            DomainFlows flows = new DomainFlows(json("[{\"id\":\"f\",\"name\":\"n\",\"type\":\"token\"," + off + "}]"));

            flows.protect("observe", Receipt.NONE);

            assertThat(flows.items().get(0).change()).as(off).isEqualTo(Change.ADDED);
        }
    }

    @Test
    void aStepOfItsOwnThatSomebodySwitchedOffIsNotDoubled() {
        JsonNode done =
                json(protectedFlows(EMPTY, Receipt.NONE).toString().replace("\"enabled\":true}", "\"enabled\":false}"));
        DomainFlows flows = new DomainFlows(done);

        flows.protect("observe", Receipt.NONE);

        assertThat(flows.items())
                .extracting(Item::change)
                .contains(Change.REFUSED)
                .doesNotContain(Change.ADDED);
    }

    @Test
    void whatElseWasPutInIsRememberedEvenWhereEveryStepIsSomebodyElses() {
        String all = """
            [{"id":"t","name":"t","type":"token","enabled":true,"pre":[{"policy":"mcp-tool-access","enabled":true}],"post":[]},
             {"id":"c","name":"c","type":"consent","enabled":true,"pre":[{"policy":"mcp-tool-access","enabled":true}],
              "post":[{"policy":"mcp-tool-access","enabled":true}]}]\
            """;
        Receipt receipt = new Receipt(Optional.of("e-1"), Set.of("b", "a"));

        JsonNode done = protectedFlows(all, receipt);

        assertThat(new DomainFlows(done).receipt()).isEqualTo(receipt);
        DomainFlows undone = new DomainFlows(done);
        undone.undo();
        assertThat(undone.body()).isEqualTo(new DomainFlows(json(all)).body());
    }

    @Test
    void aReceiptIsReadAsItIsWrittenAndNothingElseIsTakenForOne() {
        Receipt receipt = new Receipt(Optional.of("e-1"), Set.of("b", "a"));

        assertThat(Receipt.read(receipt.text())).contains(receipt);
        assertThat(Receipt.read(Receipt.NONE.text())).contains(Receipt.NONE);
        assertThat(Receipt.read(null)).isEmpty();
        assertThat(Receipt.read("Put in by hand")).isEmpty();
        assertThat(Receipt.read(receipt.text() + " and more")).isEmpty();
    }

    @Test
    void flowsThatAmShowsByNameAloneAreNeverSentBack() {
        assertThatThrownBy(() -> new DomainFlows(json("[{\"id\":\"f\",\"name\":\"mine\",\"enabled\":true}]")))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("DOMAIN_FLOW[READ]");
    }

    /** The flows as AM would list them after they were written. */
    private static JsonNode protectedFlows(String listed, Receipt receipt) {
        DomainFlows flows = new DomainFlows(json(listed));
        flows.protect("observe", receipt);
        JsonNode body = flows.body();
        for (int i = 0; i < body.size(); i++) {
            if (!body.path(i).hasNonNull("id")) {
                ((ObjectNode) body.path(i)).put("id", "new-" + i);
            }
        }
        return body;
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }
}
