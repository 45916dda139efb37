package io.mcpaccess.guard.arguments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.guard.jsonrpc.StrictMessageJson;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolArgumentsTest {
    private static final ToolArgument AMOUNT = new ToolArgument("amount", "/amount", ArgumentType.NUMBER);

    private static final ToolArguments REFUND = ToolArguments.none()
            .with("refund", AMOUNT, new ToolArgument("country", "/customer/ship~1to", ArgumentType.STRING));

    @Test
    void carriesWhatWasNamedAndNothingElse() {
        assertThat(context("{'amount':50,'secret':'x','customer':{'ship/to':'fr','name':'n'}}"))
                .map(ObjectNode::toString)
                .contains("{\"amount\":50,\"country\":\"fr\"}");
        assertThat(REFUND.context("other", json("{'amount':50}")))
                .map(ObjectNode::toString)
                .contains("{}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{'amount':'50'}", "{'amount':null}", "{'customer':[{'ship/to':'fr'}]}", "[50]", "'x'"})
    void leavesOutWhatIsNotThere(String arguments) {
        assertThat(context(arguments)).map(ObjectNode::toString).contains("{}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'amount':50,'Amount':5000}",
                "{'AMOUNT':5000}",
                "{'amount':50,'a_mount':5000}",
                "{'amount':50,'am\\u00f6unt':5000}",
                "{'customer':{'ship/to':'fr','shipTo':'kp'}}",
                "{'customer':{'ship/to':'fr'},'Customer':{'ship/to':'kp'}}"
            })
    void attackAnArgumentThatALenientServerTakesForAnother(String arguments) {
        assertThat(context(arguments)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "access_token",
                "access_token_proof_checked",
                "scope",
                "assumed_scope",
                "current_time",
                "request_ip",
                "subject_role",
                "1st",
                "a-b",
                ""
            })
    void aNameOfTheQuestionsOwnIsRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ToolArgument(name, "/amount", ArgumentType.NUMBER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "amount", "/", "/a//b", "/a~2", "/1/2/3/4/5/6/7/8/9"})
    void aPointerThatLeadsNowhereIsRefused(String pointer) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ToolArgument("amount", pointer, ArgumentType.NUMBER))
                .withMessageContaining("'amount'");
    }

    @Test
    void toolsHaveFewArgumentsOfDifferentNames() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ToolArguments.none().with("refund", AMOUNT, AMOUNT))
                .withMessageContaining("refund");
        ToolArgument[] many = IntStream.range(0, 21)
                .mapToObj(each -> new ToolArgument("a" + each, "/a" + each, ArgumentType.STRING))
                .toArray(ToolArgument[]::new);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ToolArguments.none().with("refund", many))
                .withMessageContaining("more than 20");
    }

    private static Optional<ObjectNode> context(String arguments) {
        return REFUND.context("refund", json(arguments));
    }

    private static JsonNode json(String singleQuoted) {
        return StrictMessageJson.parse(singleQuoted.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
                .orElseThrow();
    }
}
