package io.mcpaccess.registry.page;

import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.core.decision.ReasonCode;
import io.mcpaccess.openfga.Identifiers;
import io.mcpaccess.openfga.PermissionQuestion;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.registry.am.AmDomains;
import io.mcpaccess.registry.map.EngineAnswers;
import io.mcpaccess.registry.map.EngineView;
import io.mcpaccess.registry.map.MapQuestions;
import io.mcpaccess.registry.plan.RegistryException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Why one subject may or may not call one tool, by both layers; and with a subject alone, what that one may call. */
final class WhyView {

    private final AmDomains domains;
    private final EngineView engine;
    private final MapQuestions questions;
    private final SubjectTools subjectTools;

    WhyView(AmDomains domains, EngineView engine, SubjectTools subjectTools) {
        this.domains = domains;
        this.engine = engine;
        this.questions = new MapQuestions(engine);
        this.subjectTools = subjectTools;
    }

    /** What the permission layer says. */
    private record Permission(boolean isAllowed, String reason, Optional<Explained> explained, String problem) {}

    void write(Markup html, PageContext page, ViewQuery query) {
        List<DomainTool> tools = DomainTool.of(domains.servers(page.domainId()), engine.access());
        Optional<Subject> subject = subject(query.text("subject"));
        Optional<DomainTool> tool = DomainTool.named(tools, query.text("tool"));
        new WhyForm(html, page, new SubjectFinder(engine)).write(query, tools);
        if (subject.isEmpty()) {
            html.open("div", "class", "card").leaf("p", page.text("why.start")).close();
        } else if (tool.isEmpty()) {
            if (!query.text("tool").isEmpty()) {
                html.open("div", "class", "card");
                ReasonWords.write(html, page, ReasonCode.TOOL_UNKNOWN.wireName());
                html.close();
            }
            subjectTools.write(html, page, query, subject.get());
        } else {
            decision(html, page, query, subject.get(), tool.get());
        }
    }

    /** A name without a type is a user's, which is what people write. */
    private static Optional<Subject> subject(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        int colon = text.indexOf(':');
        return Optional.of(
                colon < 1 || colon == text.length() - 1
                        ? Subject.of("user", text)
                        : Subject.of(text.substring(0, colon), text.substring(colon + 1)));
    }

    private void decision(Markup html, PageContext page, ViewQuery query, Subject subject, DomainTool tool) {
        Optional<PermissionQuestion> question =
                questions.call(subject, tool.server().clientId(), tool.tool().key());
        Permission permission = permission(tool, question);
        boolean isShadowed = engine.access().isShadowed(tool.server().clientId());
        List<String> missing = ScopeLayer.missing(query, tool);
        boolean mayCall = (permission.isAllowed() || isShadowed && isRefusedByTuples(permission)) && missing.isEmpty();
        html.open("div", "class", "card", "role", "status")
                .open("p", "class", "verdict")
                .leaf("strong", page.text(mayCall ? "may" : "may.not"), "class", mayCall ? "good" : "bad")
                .text(" ")
                .open("span")
                .say(
                        page.text("why.question"),
                        new Markup.Code(subject.type() + ":" + subject.id()),
                        new Markup.Code(tool.tool().key()),
                        tool.server().name())
                .close()
                .close()
                .leaf("p", page.text(mayCall ? "may.if" : "may.both"), "class", "soft");
        if (isShadowed) {
            html.leaf("p", page.text("shadow.this"), "class", "new");
        }
        html.close().open("div", "class", "layers");
        new ScopeLayer(domains, engine).write(html, page, query, tool);
        layer(html, page, permission);
        html.close();
        permission
                .explained()
                .ifPresent(explained -> picture(html, page, explained, question.map(PermissionQuestion::tuple)));
    }

    /** In shadow mode a clear no is let through; what could not be decided is not. */
    private static boolean isRefusedByTuples(Permission permission) {
        return ReasonCode.PERMISSION_DENIED.wireName().equals(permission.reason())
                || EngineView.Explainer.CONDITION_FAILED.equals(permission.reason());
    }

    private Permission permission(DomainTool tool, Optional<PermissionQuestion> question) {
        if (tool.isAmbiguous()) {
            return refused(ReasonCode.TOOL_AMBIGUOUS);
        }
        if (question.isEmpty()) {
            return refused(ReasonCode.INVALID_IDENTIFIER);
        }
        try {
            Map<String, Object> json = EngineAnswers.get(engine.explainer().explain(question.get()));
            Explained explained = new Explained(json);
            return new Permission(explained.isAllowed(), explained.text("reason_code"), Optional.of(explained), "");
        } catch (RegistryException e) {
            return new Permission(false, ReasonCode.ENGINE_UNAVAILABLE.wireName(), Optional.empty(), e.getMessage());
        }
    }

    private static Permission refused(ReasonCode reason) {
        return new Permission(false, reason.wireName(), Optional.empty(), "");
    }

    private static void layer(Markup html, PageContext page, Permission permission) {
        html.open("section", "class", "card", "aria-labelledby", "layer-permission")
                .leaf("h3", page.text("layer.permission"), "id", "layer-permission")
                .leaf("p", page.text("layer.permission.about"), "class", "soft")
                .leaf(
                        "p",
                        page.text(permission.isAllowed() ? "layer.passes" : "layer.refuses"),
                        "class",
                        permission.isAllowed() ? "good" : "bad");
        ReasonWords.write(html, page, permission.reason());
        if (!permission.problem().isEmpty()) {
            html.leaf("p", permission.problem(), "class", "soft", "lang", "en");
        }
        html.close();
    }

    private static void picture(Markup html, PageContext page, Explained explained, Optional<TupleKey> tuple) {
        html.open("section", "class", "card", "aria-labelledby", "picture")
                .leaf("h3", page.text("picture"), "id", "picture");
        String question = tuple.map(key ->
                        Identifiers.decode(key.user()) + " " + key.relation() + " " + Identifiers.decode(key.object()))
                .orElse("");
        new Picture(html, page).write(explained, question);
        html.close();
    }
}
