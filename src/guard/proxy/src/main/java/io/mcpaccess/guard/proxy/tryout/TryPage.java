package io.mcpaccess.guard.proxy.tryout;

import com.fasterxml.jackson.databind.JsonNode;

/** The page as text. Everything that comes from elsewhere is escaped; it has no script. */
final class TryPage {
    private static final String STYLE =
            "body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1c1c1c;background:#fff}"
                    + "form,pre{border:1px solid #bbb;border-radius:6px;padding:.7rem;margin:.7rem 0;overflow:auto}"
                    + "textarea{width:100%;font:14px monospace;box-sizing:border-box}button{font:inherit;padding:.2rem .8rem}"
                    + "@media(prefers-color-scheme:dark){body{color:#eee;background:#181818}}";

    private TryPage() {}

    static String page(String server, String key, boolean loggedIn, JsonNode tools, String said) {
        StringBuilder page = new StringBuilder("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">")
                .append(
                        "<meta name=\"viewport\" content=\"width=device-width\"><title>Try an MCP server</title><style>")
                .append(STYLE)
                .append("</style><h1>Try ")
                .append(escaped(server))
                .append("</h1><p><a href=\"/")
                .append(key)
                .append("/login\">")
                .append(loggedIn ? "Log in again, with what was asked for" : "Log in")
                .append("</a></p>");
        if (!said.isEmpty()) {
            page.append("<pre>").append(escaped(said)).append("</pre>");
        }
        for (JsonNode tool : tools) {
            String name = tool.path("name").asText();
            page.append("<form method=\"post\" action=\"/").append(key).append("/call\"><h2>");
            page.append(escaped(name))
                    .append("</h2><p>")
                    .append(escaped(tool.path("description").asText()));
            page.append("</p><input type=\"hidden\" name=\"tool\" value=\"").append(escaped(name));
            page.append("\"><label>Arguments, JSON<textarea name=\"arguments\" rows=\"3\">");
            page.append(escaped(example(tool.path("inputSchema").path("properties"))));
            page.append("</textarea></label><button>Call</button></form>");
        }
        return page.append("</html>").toString();
    }

    private static String example(JsonNode properties) {
        var example = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();
        properties.fieldNames().forEachRemaining(name -> {
            switch (properties.path(name).path("type").asText()) {
                case "number", "integer" -> example.put(name, 1);
                case "boolean" -> example.put(name, false);
                default -> example.put(name, "");
            }
        });
        return example.toString();
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
