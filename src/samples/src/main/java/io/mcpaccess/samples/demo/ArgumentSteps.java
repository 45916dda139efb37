package io.mcpaccess.samples.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;

/** The step about a permission with a limit. */
final class ArgumentSteps {
    private final Scene scene;
    private final Report report;

    ArgumentSteps(Scene scene, Report report) {
        this.scene = scene;
        this.report = report;
    }

    void refundUpToALimit() throws IOException {
        report.step(
                7,
                "A permission with a limit: refunds up to 100",
                "the guard names the amount, a condition in the tuple compares it, and the tool knows nothing of it");
        scene.alice().run("login refunds " + scene.billing() + " invoices:refund");
        refund("a refund of 50", ",\"amount\":50", 50, true, "permitted");
        refund("a refund of 5,000", ",\"amount\":5000", 5000, false, "permission_denied");
        JsonNode none = call("");
        DifferentAnswer.unless(none.path("isError").asBoolean(), "without an amount it is refused", none);
        report.saw("without an amount the condition is not met: refused");
    }

    private void refund(String what, String argument, int amount, boolean allowed, String reason) throws IOException {
        JsonNode call = call(argument);
        DifferentAnswer.unlessEqual(
                "status of " + what, 200, call.path("status").asInt());
        DifferentAnswer.unless(call.path("isError").asBoolean() != allowed, what + " allowed: " + allowed, call);
        AuthZenAnswer answer = scene.gateway()
                .ask(
                        "alice",
                        "refund_invoice",
                        scene.alice().token("refunds"),
                        JsonNodeFactory.instance.objectNode().put("amount", amount));
        DifferentAnswer.unlessEqual("reason for " + what, reason, answer.reason());
        report.saw(what + ": \"" + call.path("text").asText() + "\"; AuthZEN " + answer);
        report.row(what, 200, answer.reason(), call.path("millis").asLong());
    }

    private JsonNode call(String argument) {
        return scene.alice().run("call refunds refund_invoice {\"number\":\"INV-1\"" + argument + "}");
    }
}
