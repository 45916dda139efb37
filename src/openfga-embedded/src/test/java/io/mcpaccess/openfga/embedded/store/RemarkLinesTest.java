package io.mcpaccess.openfga.embedded.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.openfga.embedded.evaluation.ModelRemark;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RemarkLinesTest {

    @Test
    void attack_aModelWithManyRemarksFillsTheLogOfAllDomains() {
        assertThat(RemarkLines.of(Collections.nCopies(700, remark("doc"))))
                .hasSize(6)
                .last()
                .isEqualTo("and 695 more relations like these");
    }

    @Test
    void attack_aTypeIsNamedLikeACommandToTheTerminal() {
        assertThat(RemarkLines.of(List.of(remark("d\u001b]0;x\u0007\u009b\u202e\u0085c"))))
                .singleElement()
                .asString()
                .startsWith("the model's d?]0;x????c#reader: ");
    }

    private static ModelRemark remark(String type) {
        return new ModelRemark(type, "reader", ModelRemark.Kind.OPERATOR_IN_CIRCLE, "");
    }
}
