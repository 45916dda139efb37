package io.mcpaccess.sandbox;

import static io.mcpaccess.sandbox.OAuthClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The access map of 200 tools and 1,000 users: as fast and as small as a page has to be, and a table to a screen reader. */
@Timeout(180)
class LargeMapIT {
    /** Several times what it takes on two busy cores; a page that asks for every user of every tool one by one takes longer. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private static final int MOST_BYTES = 256 * 1024;

    private static SandboxServer sandbox;
    private static ManagementClient admin;
    private static String map;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        sandbox = SandboxServer.start(
                Path.of(System.getProperty("repository.root")),
                SandboxServer.AM_LINE,
                LargeDomain.write(folder, "0", "0"));
        admin = new ManagementClient(sandbox.management(), "admin", "adminadmin");
        String engines = ManagementClient.domain("large") + "/authorization-engines";
        map = engines + "/" + json(admin.get(engines)).path(0).path("id").asText() + "/settings/mcp/map";
        page(""); // The first request of a JVM is about loading classes.
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void eachPageComesInTimeAndIsSmall() {
        for (int page = 1; page <= 4; page++) {
            Instant start = Instant.now();
            String html = page("&page=" + page);
            Duration time = Duration.between(start, Instant.now());
            int bytes = html.getBytes(StandardCharsets.UTF_8).length;
            System.out.println("map page " + page + ": " + time.toMillis() + " ms, " + bytes + " bytes");

            assertThat(time).isLessThan(LONGEST);
            assertThat(bytes).isLessThan(MOST_BYTES);
            assertThat(rows(document(html))).hasSize(50);
        }
        assertThat(page("&page=4")).contains("200 tools, page 4 of 4").doesNotContain("Next page");
    }

    @Test
    void theTableSaysWhatItIsToAScreenReader() {
        Document document = document(page("&sort=tool&order=desc"));

        assertThat(document.getDocumentElement().getAttribute("lang")).isEqualTo("en");
        assertThat(elements(document, "caption").get(0).getTextContent()).contains("sorted by tool, last first");
        List<Element> headings = elements(elements(document, "thead").get(0), "th");
        assertThat(headings)
                .hasSize(5)
                .allMatch(heading -> heading.getAttribute("scope").equals("col"));
        assertThat(headings)
                .extracting(heading -> heading.getAttribute("aria-sort"))
                .containsExactly("", "descending", "", "", "");
        assertThat(rows(document))
                .allMatch(row -> elements(row, "th").size() == 1
                        && elements(row, "th").get(0).getAttribute("scope").equals("row")
                        && elements(row, "td").size() == 4);
        assertThat(elements(document, "input").stream()
                        .filter(input -> !input.getAttribute("type").equals("hidden")))
                .allMatch(input -> input.getParentNode().getNodeName().equals("label"));
        assertThat(elements(document, "script")).isEmpty();
        assertThat(rows(document).get(0).getTextContent()).contains("tool_199");
    }

    @Test
    void aHeadingSortsAndSortsTheOtherWayTheSecondTime() {
        Element heading =
                elements(elements(document(page("")), "thead").get(0), "th").get(1);
        String byTool = elements(heading, "a").get(0).getAttribute("href");
        Document once = document(follow(byTool));
        Element again = elements(elements(once, "thead").get(0), "th").get(1);
        Document twice = document(follow(elements(again, "a").get(0).getAttribute("href")));

        assertThat(again.getAttribute("aria-sort")).isEqualTo("ascending");
        assertThat(rows(once).get(0).getTextContent()).contains("tool_000");
        assertThat(rows(twice).get(0).getTextContent()).contains("tool_199");
    }

    @Test
    void aLongListIsCutAndItsLinkShowsTheWhole() {
        Document page = document(page("&q=tool_000"));
        assertThat(rows(page)).hasSize(1);
        assertThat(elements(rows(page).get(0), "li").size()).isLessThan(50);
        Element whole = elements(rows(page).get(0), "a").get(0);
        assertThat(whole.getTextContent()).isEqualTo("all 1000 users of tool_000");

        Document all = document(follow(whole.getAttribute("href")));

        assertThat(rows(all)).hasSize(1);
        assertThat(elements(rows(all).get(0), "li"))
                .extracting(Element::getTextContent)
                .contains("user0000", "user0999");
        assertThat(rows(document(page("&q=tool_007"))).get(0).getTextContent()).contains("Everyone");
        assertThat(rows(document(page("&q=tool_008"))).get(0).getTextContent()).contains("nobody");
    }

    @Test
    void jsonAndCsvHaveEverythingAtOnce() {
        Instant start = Instant.now();
        JsonNode json = json(admin.get(map + "?format=json"));
        HttpResponse<String> csv = admin.get(map + "?format=csv");
        Duration time = Duration.between(start, Instant.now());
        System.out.println("map as JSON and CSV: " + time.toMillis() + " ms, CSV "
                + csv.body().length() + " characters");

        assertThat(json.path("tools")).hasSize(LargeDomain.TOOLS);
        assertThat(json.path("tools").path(0).path("users").path("ids")).hasSize(LargeDomain.USERS);
        assertThat(csv.body().lines()).hasSize(LargeDomain.TOOLS + 1);
        assertThat(time).isLessThan(LONGEST.multipliedBy(2));
    }

    @Test
    void oneUserIsAskedAboutAllToolsAtOnce() {
        Instant start = Instant.now();
        JsonNode user = json(admin.get(map + "?subject=user:user0003"));

        assertThat(Duration.between(start, Instant.now())).isLessThan(LONGEST);
        assertThat(user.path("tools")).hasSize(LargeDomain.TOOLS);
        assertThat(user.path("tools").findValuesAsText("decision")).contains("true", "false");
    }

    private static String page(String query) {
        return follow("?format=html" + query);
    }

    private static String follow(String href) {
        HttpResponse<String> response = admin.get(map + href);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    /** The page as XML: whatever is not closed or not nested fails here. */
    private static Document document(String html) {
        try {
            DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
            return parser.parse(new InputSource(new StringReader(html)));
        } catch (Exception e) {
            throw new AssertionError("The page is not well-formed: " + e.getMessage(), e);
        }
    }

    private static List<Element> rows(Document document) {
        return elements(elements(document, "tbody").get(0), "tr");
    }

    private static List<Element> elements(Document document, String name) {
        return elements(document.getDocumentElement(), name);
    }

    private static List<Element> elements(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }
}
