package io.mcpaccess.registry.page;

import io.mcpaccess.core.decision.ReasonCode;

/** Reason codes in words, with the next step. A code that nobody foresaw is shown as it is. */
final class ReasonWords {

    private ReasonWords() {}

    static void write(Markup html, PageContext page, String code) {
        html.open("p")
                .leaf("strong", page.texts().get("reason." + code, code))
                .text(" ")
                .code(code)
                .close();
        String next = page.texts().get("next." + code, "");
        if (!next.isEmpty() && !code.equals(ReasonCode.PERMITTED.wireName())) {
            html.open("p")
                    .leaf("span", page.text("next"), "class", "soft")
                    .text(" " + next)
                    .close();
        }
    }
}
