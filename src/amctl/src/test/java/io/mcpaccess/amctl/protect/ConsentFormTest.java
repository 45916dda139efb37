package io.mcpaccess.amctl.protect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.amctl.am.Json;
import io.mcpaccess.amctl.protect.ConsentForm.Owner;
import org.junit.jupiter.api.Test;

class ConsentFormTest {
    @Test
    void knowsItsOwnFormAndAnEditedOne() {
        assertThat(owner(form(ConsentForm.content()))).isEqualTo(Owner.AMCTL);
        assertThat(owner(form(ConsentForm.content().replace("<body", "<body class=\"x\""))))
                .isEqualTo(Owner.EDITED);
        assertThat(owner(form(ConsentForm.content() + "<!-- more -->"))).isEqualTo(Owner.EDITED);
        assertThat(owner(form(ConsentForm.content()).put("enabled", false))).isEqualTo(Owner.EDITED);
        assertThat(owner(form(ConsentForm.content()).put("assets", "p{}"))).isEqualTo(Owner.EDITED);
    }

    @Test
    void knowsAmsOwnPageAndSomebodyElses() {
        assertThat(owner(Json.object().putNull("id").put("content", "x"))).isEqualTo(Owner.AM);
        assertThat(owner(form("<html>ours</html>"))).isEqualTo(Owner.OTHER);
        assertThat(owner(form("<html th:each=\"s : ${mcpTools}\"></html>"))).isEqualTo(Owner.OTHER_WITH_TOOLS);
        assertThat(owner(form("<html th:each=\"s : ${mcpTools}\"></html>").put("enabled", false)))
                .isEqualTo(Owner.OTHER);
    }

    private static Owner owner(ObjectNode form) {
        return ConsentForm.owner(form);
    }

    private static ObjectNode form(String content) {
        return Json.object().put("id", "f").put("enabled", true).put("content", content);
    }
}
