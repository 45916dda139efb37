package io.mcpaccess.amctl.impact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.amctl.am.Json;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SignedOffTest {

    private static final JsonNode IMPACT = Json.read("""
            {"summary": "2 users gain pay; everyone loses list", "tools": [
              {"server": "billing", "key": "pay", "shifts": [
                {"change": "gains", "layer": "permission", "subjects": ["user:a", "user:=b"], "before": "no",
                 "after": "conditional", "conditions": ["amount <= 5"], "why": "by a tuple"}]},
              {"server": "billing", "key": "list", "closes": true, "shifts": [
                {"change": "loses", "layer": "permission", "subjects": [], "everyone": "user", "before": "yes",
                 "after": "no", "conditions": []}]}]}""");

    private final List<ImpactLine> lines = ImpactLine.of(IMPACT);

    @Test
    void whatNobodySignedOffIsNamed() {
        SignedOff some = SignedOff.read("# agreed on Monday\n\ngains user:a pay  # for the audit\n");

        assertThat(some.missing(lines, FailRule.gain))
                .hasValueSatisfying(line -> assertThat(line.subject()).isEqualTo("user:=b"));
        assertThat(some.missing(lines, FailRule.loss))
                .hasValueSatisfying(line -> assertThat(line.subject()).isEqualTo("user:*"));
        assertThat(some.missing(lines, FailRule.never)).isEmpty();
    }

    @Test
    void starsStandForAny() {
        assertThat(SignedOff.read("gains * billing/pay\nloses user:* *").missing(lines, FailRule.any))
                .isEmpty();
    }

    @Test
    void aLineThatIsNoneHasItsNumber() {
        assertThatThrownBy(() -> SignedOff.read("gains user:a pay\nuser:a gains pay"))
                .hasMessageContaining("line 2");
    }

    @Test
    void isTextAndCsv() {
        assertThat(ImpactText.lines(IMPACT, true))
                .contains(
                        "billing / list: closes for all", "      by a tuple", "2 users gain pay; everyone loses list.")
                .anySatisfy(line -> assertThat(line).contains("user:a user:=b").contains("if amount <= 5"));
        assertThat(ImpactText.csv(IMPACT))
                .startsWith(row("change", "subject", "server", "tool", "layer", "before", "after", "conditions"))
                .contains(row("gains", "user:a", "billing", "pay", "permission", "no", "conditional", "amount <= 5"))
                .contains(row("loses", "user:*", "billing", "list", "permission", "yes", "no", ""));
    }

    private static String row(String... cells) {
        return Stream.of(cells).collect(Collectors.joining("\",\"", "\"", "\"\r\n"));
    }
}
