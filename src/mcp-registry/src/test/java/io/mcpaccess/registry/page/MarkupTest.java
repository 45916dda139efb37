package io.mcpaccess.registry.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkupTest {

    @Property
    void noTextBecomesMarkup(@ForAll String hostile) {
        String html = new Markup()
                .open("p", "title", hostile)
                .text(hostile)
                .code(hostile)
                .say("{0} and {1}", hostile, new Markup.Code(hostile))
                .close()
                .toString();

        Document page = Jsoup.parseBodyFragment(html);

        assertThat(page.body().select("*:not(wbr)").stream().map(Element::tagName))
                .containsExactly("body", "p", "code", "bdi", "code");
        assertThat(page.selectFirst("p").attributes().size()).isEqualTo(1);
        assertThat(html.replaceAll("<[^<>]*>", "")).doesNotContain("<", ">", "\"");
    }

    @Test
    void aLongNameMayBreakAfterItsMarks() {
        assertThat(new Markup().code("list_all:x").toString()).isEqualTo("<code>list_<wbr />all:<wbr />x</code>");
        assertThat(new Markup().code("__a").toString()).isEqualTo("<code>__<wbr />a</code>");
        assertThat(new Markup().code("").toString()).isEqualTo("<code></code>");
    }

    @Test
    void charactersThatAreNotSeenAreWrittenOut() {
        assertThat(new Markup().text("a\u202eb\u0000").toString()).isEqualTo("a\\u202Eb\\u0000");
    }

    @Test
    void aValueThatLooksLikeAPlaceholderStaysAValue() {
        assertThat(new Markup().say("{0}, {1}", "{1}", "b").toString()).isEqualTo("<bdi>{1}</bdi>, <bdi>b</bdi>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"onclick", "style", "src", "srcdoc", "OnClick", "a b", "x=y"})
    void attributesThatCouldRunSomethingAreRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Markup().open("p", name, "x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript:alert(1)", "//elsewhere", "https://elsewhere", "/management", "", " ?view=why"})
    void linksLeadToThePageAlone(String target) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Markup().leaf("a", "x", "href", target));
    }

    @Test
    void whatIsOpenedIsClosed() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new Markup().open("p").toString());
        assertThat(new Markup().open("ul").open("li").text("x").closeTo(0).toString())
                .isEqualTo("<ul><li>x</li></ul>");
    }

    @Test
    void aStyleSheetCannotEndItsElement() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Markup().styleSheet("a{}</style><script>"));
    }
}
