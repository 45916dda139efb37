package io.mcpaccess.sandbox.management;

import io.mcpaccess.sandbox.data.ApplicationRow;
import io.mcpaccess.sandbox.data.DomainRow;
import io.mcpaccess.sandbox.data.EngineRow;
import io.mcpaccess.sandbox.data.ProtectedResourceRow;
import io.mcpaccess.sandbox.data.Tables;
import io.mcpaccess.sandbox.data.ToolRow;
import io.mcpaccess.sandbox.data.UserRow;
import io.mcpaccess.sandbox.node.NodeHealth;
import io.mcpaccess.sandbox.node.NodeMetrics;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The page at {@code /}: what is in this sandbox and where to click. Has no secret; passwords stand in the file. */
final class StartPage {
    /** The example of RFC 7636, appendix B: who follows the link has no client that could redeem the code. */
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private static final String STYLE =
            "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;"
                    + "color:#1b1b1b;background:#fff}h2{margin-top:2rem;border-top:1px solid #ccc;padding-top:1rem}dt{font-weight:600}"
                    + "dd{margin:0 0 .5rem}button{font:inherit}code{background:#f2f2f2;padding:0 .2rem}"
                    + "@media(prefers-color-scheme:dark){body{color:#eee;background:#1b1b1b}a{color:#9cf}code{background:#333}}";

    private final Tables tables;
    private final String gateway;

    StartPage(Tables tables, String gateway) {
        this.tables = tables;
        this.gateway = gateway;
    }

    String html() {
        StringBuilder page = new StringBuilder("<!doctype html><html lang=en><meta charset=utf-8>"
                + "<meta name=viewport content='width=device-width'><title>Sandbox</title><style>"
                + STYLE + "</style><h1>Sandbox</h1><p>Gravitee AM on a laptop, not for production. Gateway "
                + code(gateway) + ". What can be written into its file, and what differs from AM, stands in "
                + "<code>docs/sandbox.md</code>.</p><p>Metrics of the " + link(gateway + NodeMetrics.PATH, "gateway")
                + " and the " + link(NodeMetrics.PATH, "management node") + "; health of the "
                + link(gateway + NodeHealth.PATH, "gateway") + " and the " + link(NodeHealth.PATH, "management node")
                + "; " + link("/sandbox/audits", "audits") + ".</p>");
        tables.domains()
                .where(domain -> true)
                .sorted(Comparator.comparing(DomainRow::id))
                .forEach(domain -> page.append(section(domain)));
        return page.append("</html>").toString();
    }

    private String section(DomainRow domain) {
        String base = gateway + domain.path();
        List<ProtectedResourceRow> servers =
                of(domain, tables.protectedResources().where(row -> true), ProtectedResourceRow::domain);
        StringBuilder section = new StringBuilder("<h2>Domain " + escape(domain.hrid()) + "</h2><dl>");
        item(
                section,
                "Users",
                of(domain, tables.users().where(row -> true), UserRow::domain).stream()
                        .map(UserRow::username)
                        .sorted()
                        .map(StartPage::code));
        item(
                section,
                "MCP servers",
                servers.stream()
                        .map(server -> escape(server.name()) + " "
                                + code(String.join(" ", server.resourceIdentifiers())) + ": "
                                + escape(String.join(
                                        ", ",
                                        server.tools().stream()
                                                .map(ToolRow::key)
                                                .toList()))));
        item(
                section,
                "Log in and consent",
                of(domain, tables.applications().where(row -> true), ApplicationRow::domain).stream()
                        .filter(application -> !application.redirectUris().isEmpty())
                        .flatMap(application -> servers.stream()
                                .map(server -> link(
                                        consent(base, application, server),
                                        application.name() + " asks for " + server.name()))));
        item(
                section,
                "Who may call what (signs in at the management API)",
                of(domain, tables.engines().where(row -> true), EngineRow::domain).stream()
                        .map(StartPage::map));
        item(
                section,
                "OAuth metadata",
                Stream.of(link(base + "/oidc/.well-known/openid-configuration", base + "/oidc")));
        item(
                section,
                "AuthZEN metadata",
                Stream.of(link(base + "/.well-known/authzen-configuration", base + "/access/v1/evaluation")));
        return section.append("</dl>").toString();
    }

    private static void item(StringBuilder section, String title, Stream<String> lines) {
        List<String> all = lines.toList();
        section.append("<dt>").append(title).append("</dt>");
        (all.isEmpty() ? List.of("none") : all)
                .forEach(line -> section.append("<dd>").append(line).append("</dd>"));
    }

    private static <T> List<T> of(DomainRow domain, Stream<T> rows, java.util.function.Function<T, String> owner) {
        return rows.filter(row -> owner.apply(row).equals(domain.id())).toList();
    }

    private static String consent(String base, ApplicationRow application, ProtectedResourceRow server) {
        Map<String, String> query = new TreeMap<>(Map.of(
                "response_type",
                "code",
                "client_id",
                application.clientId(),
                "redirect_uri",
                application.redirectUris().get(0),
                "scope",
                String.join(
                        " ",
                        server.tools().stream()
                                .flatMap(tool -> tool.scopes().stream())
                                .distinct()
                                .toList()),
                "resource",
                server.resourceIdentifiers().get(0),
                "state",
                "start-page",
                "code_challenge",
                CHALLENGE,
                "code_challenge_method",
                "S256"));
        List<String> pairs = query.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .toList();
        return base + "/oauth/authorize?" + String.join("&", pairs);
    }

    /** A browser has no bearer token: the form signs in as the console does, and goes on to the map. */
    private static String map(EngineRow engine) {
        String target = "/management/organizations/DEFAULT/environments/DEFAULT/domains/" + engine.domain()
                + "/authorization-engines/" + engine.id() + "/settings/mcp/map?format=html";
        return "<form method=post action='/management/auth/login'><input name=username value=admin aria-label=User> "
                + "<input name=password type=password value=adminadmin aria-label=Password> <input type=hidden name=redirect value='"
                + escape(target) + "'><button>Open the map of " + escape(engine.name()) + "</button></form>";
    }

    private static String link(String target, String text) {
        return "<a href='" + escape(target) + "'>" + escape(text) + "</a>";
    }

    private static String code(String text) {
        return "<code>" + escape(text) + "</code>";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("'", "&#39;")
                .replace("\"", "&quot;");
    }
}
