package io.mcpaccess.samples.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Predicate;

/** The steps about scopes, permissions and the engine. */
final class DecisionSteps {
    /** The gateway's embedded store follows the management node's within a second. */
    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    /** For an engine to go from or come to the gateway. */
    private static final Duration SYNC = Duration.ofSeconds(15);

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);

    private final Scene scene;
    private final Report report;
    private String token;

    DecisionSteps(Scene scene, Report report) {
        this.scene = scene;
        this.report = report;
    }

    void allowed() throws IOException {
        report.step(3, "A call with scope and permission", "both layers say yes, and the tool runs");
        JsonNode tools = scene.alice().run("connect main").path("tools");
        token = scene.alice().token("main");
        long before = scene.gateway().engineQuestions();
        JsonNode call = scene.alice().run("call main list_invoices");
        result(call, false);
        long asked = scene.gateway().engineQuestions() - before;
        DifferentAnswer.unlessEqual("questions to the engine", 1L, asked);
        AuthZenAnswer answer = ask("list_invoices");
        DifferentAnswer.unlessEqual("AuthZEN", true, answer.decision());
        String listed = tools.toString();
        DifferentAnswer.unless(listed.contains("refund_invoice"), "a tool that lacks a scope is listed", listed);
        DifferentAnswer.unless(!listed.contains("void_invoice"), "a forbidden tool is not listed", listed);
        report.saw("tools listed " + listed + ", without void_invoice; list_invoices: "
                + call.path("text").asText().lines().count() + " invoices; AuthZEN " + answer
                + "; the engine was asked " + asked + " question");
        report.row(
                "scope and permission",
                200,
                answer.reason(),
                call.path("millis").asLong());
    }

    void scopeMissing() throws IOException {
        report.step(
                4,
                "A tool whose scope the token lacks",
                "the client learns what to ask for, and OpenFGA is not asked although alice has the permission");
        long before = scene.gateway().engineQuestions();
        JsonNode call = scene.alice().run("call main refund_invoice {\"number\":\"INV-1\"}");
        DifferentAnswer.unlessEqual("status", 403, call.path("status").asInt());
        JsonNode challenge = call.path("challenge");
        DifferentAnswer.unlessEqual(
                "error", "insufficient_scope", challenge.path("error").asText());
        DifferentAnswer.unlessEqual(
                "scope", "invoices:refund", challenge.path("scope").asText());
        AuthZenAnswer answer = ask("refund_invoice");
        DifferentAnswer.unlessEqual("reason", "scope_missing", answer.reason());
        long asked = scene.gateway().engineQuestions() - before;
        DifferentAnswer.unlessEqual("questions to the engine", 0L, asked);
        report.saw("403 insufficient_scope, scope=\"" + challenge.path("scope").asText() + "\"; AuthZEN " + answer
                + "; mcp_access_engine_questions_total did not move");
        report.row("scope missing", 403, answer.reason(), call.path("millis").asLong());
    }

    void permissionMissing() throws IOException {
        report.step(
                5,
                "Scope held, permission not",
                "a forbidden tool looks like a missing one, and the client is not sent round for more scopes");
        JsonNode forbidden = scene.alice().run("call main void_invoice {\"number\":\"INV-2\"}");
        JsonNode missing = scene.alice().run("call main no_such_tool");
        result(forbidden, true);
        result(missing, true);
        DifferentAnswer.unlessEqual(
                "text for a missing tool",
                forbidden.path("text").asText(),
                missing.path("text").asText());
        DifferentAnswer.unless(!forbidden.has("challenge"), "no challenge", forbidden);
        AuthZenAnswer answer = ask("void_invoice");
        DifferentAnswer.unlessEqual("reason", "permission_denied", answer.reason());
        report.saw(
                "isError, \"" + forbidden.path("text").asText() + "\", the same for no_such_tool; AuthZEN " + answer);
        report.row(
                "permission missing",
                200,
                answer.reason(),
                forbidden.path("millis").asLong());
    }

    void tupleWrittenAndDeleted() throws IOException {
        report.step(6, "The tuple is written, then deleted", "a permission counts at once, with the same token");
        scene.administration().writeTuple("user:alice", "can_call", "tool:void_invoice");
        Seen allowed = until(
                "call main void_invoice {\"number\":\"INV-2\"}",
                call -> !call.path("isError").asBoolean(),
                AT_ONCE);
        result(allowed.call(), false);
        AuthZenAnswer yes = ask("void_invoice");
        DifferentAnswer.unlessEqual("AuthZEN", true, yes.decision());
        report.saw("written: \"" + allowed.call().path("text").asText() + "\" after " + allowed.after() + " ms");
        report.row(
                "tuple written",
                200,
                yes.reason(),
                allowed.call().path("millis").asLong());

        scene.administration().deleteTuple("user:alice", "can_call", "tool:void_invoice");
        Seen refused = until(
                "call main void_invoice {\"number\":\"INV-2\"}",
                call -> call.path("text").asText().startsWith("This tool"),
                AT_ONCE);
        result(refused.call(), true);
        AuthZenAnswer no = ask("void_invoice");
        DifferentAnswer.unlessEqual("reason", "permission_denied", no.reason());
        report.saw("deleted: refused after " + refused.after() + " ms");
        report.row(
                "tuple deleted", 200, no.reason(), refused.call().path("millis").asLong());
    }

    void engineGoneAndBack() throws IOException {
        report.step(9, "The engine gone, and back", "nothing fails open, and nothing needs a restart");
        String how = scene.engine().takeAway();
        Seen gone = until("call main list_invoices", call -> call.path("status").asInt() == 503, SYNC);
        AuthZenAnswer answer = ask("list_invoices");
        DifferentAnswer.unlessEqual("AuthZEN's status", 503, answer.status());
        DifferentAnswer.unless(answer.reason().startsWith("engine_"), "a reason about the engine", answer);
        for (String tool : new String[] {"list_invoices", "get_invoice", "no_such_tool"}) {
            JsonNode call = scene.alice().run("call main " + tool);
            DifferentAnswer.unless(
                    call.path("status").asInt() == 503 || call.path("isError").asBoolean(), tool + " is refused", call);
        }
        report.saw(how + ": 503 after " + gone.after() + " ms, AuthZEN " + answer);
        report.row(
                "engine gone", 503, answer.reason(), gone.call().path("millis").asLong());

        String back = scene.engine().bringBack();
        Seen again =
                until("call main list_invoices", call -> call.path("status").asInt() == 200, SYNC);
        result(again.call(), false);
        AuthZenAnswer yes = ask("list_invoices");
        DifferentAnswer.unlessEqual("AuthZEN", true, yes.decision());
        report.saw(back + ": allowed again after " + again.after() + " ms");
        report.row("engine back", 200, yes.reason(), again.call().path("millis").asLong());
    }

    /**
     * A call's answer that was waited for.
     *
     * @param call the answer
     * @param after how long it took to come, in milliseconds
     */
    private record Seen(JsonNode call, long after) {}

    /** Calls until the answer is as wanted, or time is up; the last answer is given either way. */
    private Seen until(String command, Predicate<JsonNode> wanted, Duration patience) {
        long start = System.nanoTime();
        while (true) {
            JsonNode call = scene.alice().run(command);
            long after = (System.nanoTime() - start) / 1_000_000;
            if (wanted.test(call)) {
                return new Seen(call, after);
            }
            DifferentAnswer.unless(after < patience.toMillis(), command + " changes within " + patience, call);
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_TRIES.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DifferentAnswer("interrupted", interrupted);
        }
    }

    private AuthZenAnswer ask(String tool) throws IOException {
        return scene.gateway().ask("alice", tool, token);
    }

    private static void result(JsonNode call, boolean isError) {
        DifferentAnswer.unlessEqual("status", 200, call.path("status").asInt());
        DifferentAnswer.unless(call.path("isError").asBoolean() == isError, "isError is " + isError, call);
    }
}
