package io.mcpaccess.registry;

import io.gravitee.am.model.Domain;
import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.registry.map.AccessMap;
import io.mcpaccess.registry.map.MapCsv;
import io.mcpaccess.registry.map.MapHtml;
import io.mcpaccess.registry.map.MapJson;
import io.mcpaccess.registry.map.MapPage;
import io.mcpaccess.registry.map.MapQuery;
import io.mcpaccess.registry.map.ToolAccess;
import io.mcpaccess.registry.map.ToolDecision;
import io.mcpaccess.registry.plan.InvalidDeclarationException;
import jakarta.ws.rs.core.Response;

/** Answers a question for the access map in the form that was asked for. */
final class MapAnswer {

    /** How many tools a page for a browser has. */
    static final int TOOLS_A_PAGE = MapHtml.PAGE_SIZE;

    private final AccessMap map;

    MapAnswer(AccessMap map) {
        this.map = map;
    }

    Response tools(Domain domain, MapQuery query, MapFormat format) {
        MapPage<ToolAccess> page = map.tools(domain.getId(), query);
        return switch (format) {
            case JSON -> Calls.json(200, MapJson.tools(page));
            case CSV -> text(format, MapCsv.tools(page)).build();
            case HTML -> page(MapHtml.tools(nameOf(domain), page));
        };
    }

    Response decisions(Domain domain, String subject, MapQuery query, MapFormat format, boolean explain) {
        MapPage<ToolDecision> page = map.decisions(domain.getId(), subject(subject), query, explain);
        return switch (format) {
            case JSON -> Calls.json(200, MapJson.decisions(subject, page));
            case CSV -> text(format, MapCsv.decisions(subject, page)).build();
            case HTML -> page(MapHtml.decisions(nameOf(domain), subject, page));
        };
    }

    private static Subject subject(String text) {
        int colon = text.indexOf(':');
        if (colon < 1 || colon == text.length() - 1) {
            throw new InvalidDeclarationException("subject must look like user:alice or application:agent.");
        }
        return Subject.of(text.substring(0, colon), text.substring(colon + 1));
    }

    private static String nameOf(Domain domain) {
        return domain.getName() == null ? domain.getId() : domain.getName();
    }

    private static Response page(String html) {
        return text(MapFormat.HTML, html)
                .header("Content-Security-Policy", MapHtml.contentSecurityPolicy())
                .header("Referrer-Policy", "no-referrer")
                .build();
    }

    private static Response.ResponseBuilder text(MapFormat format, String body) {
        Response.ResponseBuilder response = Response.ok(body, format.contentType())
                .header("Cache-Control", "no-store")
                .header("X-Content-Type-Options", "nosniff");
        return format == MapFormat.CSV
                ? response.header("Content-Disposition", "attachment; filename=\"mcp-access-map.csv\"")
                : response;
    }
}
