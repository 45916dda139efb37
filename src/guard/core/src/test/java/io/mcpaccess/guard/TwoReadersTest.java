package io.mcpaccess.guard;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.mcpaccess.guard.GuardDecision.Allowed;
import io.mcpaccess.guard.GuardDecision.Kind;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks on a server whose JSON reader is not the guard's: Go's does not look at case and takes the last member. */
class TwoReadersTest extends GuardWithAm {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'jsonrpc':'2.0','id':1,'method':'ping','Method':'tools/call','params':{'name':'refund'}}",
                "{'jsonrpc':'2.0','id':1,'method':'ping','METHOD':'tools/call','params':{'name':'refund'}}",
                "{'jsonrpc':'2.0','id':1,'Method':'tools/list','method':'ping'}",
                "{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':'a','Name':'refund'}}",
                "{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':'a'},'Params':{'name':'refund'}}",
                "{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':'a'},'param\\u017f':{'name':'refund'}}",
                "{'jsonrpc':'2.0','id':1,'method':'ping','metho\\u0064\\u0000':'tools/call'}",
                "{'jsonrpc':'2.0','id':1,'method':'ping','\\uff4dethod':'tools/call'}",
                "{'jsonrpc':'2.0','id':1,'method':'ping','met\\u200bhod':'tools/call'}",
                "{'jsonrpc':'2.0','id':1,'method':'ping','meth\\u00f6d':'tools/call'}",
                "{'jsonrpc':'2.0','id':1,'method':'ping',' method':'tools/call'}",
                "{'jsonrpc':'2.0','id':1,'method':'ping','_method':'tools/call'}",
                "{'jsonrpc':'2.0','method':'notifications/x','ID':1}",
                "{'jsonrpc':'2.0','method':'notifications/x','\\u0130d':1}",
                "{'jsonrpc':'2.0','method':'notifications/x','\\u0131d':1}",
                "{'jsonrpc':'2.0','id':1,'result':{},'Method':'tools/call','params':{'name':'refund'}}",
                "{'jsonrpc':'2.0','id':1,'result':{},'Params':{'name':'refund'}}",
                "{'jsonrpc':'2.0','id':1,'method':'ping','Result':{}}",
                "{'jsonrpc':'2.0','id':1,'method':'ping','JSONRPC':'1.0'}",
                "{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':'a','Arguments':{}}}",
                "{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':'a','meta':{}}}",
                "{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':'a','_META':{}}}",
                "{'jsonrpc':'2.0','id':1,'method':'ping','params':{'URI':'x'}}",
                "{'jsonrpc':'2.0','id':1,'method':'ping','params':{'_meta':{'IO.modelcontextprotocol/protocolVersion':'x'}}}",
                "{'jsonrpc':'2.0','id':1,'method':'ping','params':{'notifications':{'ResourceSubscriptions':[]}}}",
                "{'jsonrpc':'2.0','method':'notifications/\\u0000tools/call'}",
                "{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':'a','arguments':{'x':'\\ud800'}}}",
                "{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':'a','arguments':{'x':1e99999999999}}}",
                "\ufeff{'jsonrpc':'2.0','id':1,'method':'ping'}",
                "{'jsonrpc':'2.0','id':1,'method':'ping'/*x*/}",
                "{'jsonrpc':'2.0','id':01,'method':'ping'}",
                "{'jsonrpc':'2.0','id':1,'method':'ping','params':{'x':NaN}}",
                "{'jsonrpc':'2.0','id':1,'method':'ping',}"
            })
    void attackAMemberThatAnotherReaderTakesForAnother(String message) {
        assertThat(refused(bearer(message)).kind()).isEqualTo(Kind.MALFORMED);
        AM.verify(0, postRequestedFor(urlEqualTo("/demo/access/v1/evaluation")));
    }

    @Test
    void sendsOnWhatItUnderstoodAndNothingElse() {
        assertThat(
                        sent(
                                "{ 'id' : 5 , 'x-method':'tools/call', 'params':{'name':'get_invoice'},\n'method':'tools\\/call','jsonrpc':'2.0' }"))
                .isEqualTo("{'jsonrpc':'2.0','id':5,'method':'tools/call','params':{'name':'get_invoice'}}");
        assertThat(sent("{'method':'notifications/initialized','jsonrpc':'2.0','trace':1}"))
                .isEqualTo("{'jsonrpc':'2.0','method':'notifications/initialized'}");
        assertThat(sent("{'error':{'code':1,'message':'m'},'id':'a','jsonrpc':'2.0'}"))
                .isEqualTo("{'jsonrpc':'2.0','id':'a','error':{'code':1,'message':'m'}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e400",
                "-0",
                "1.10",
                "1.0",
                "1E+2",
                "12345678901234567890123",
                "-9007199254740993",
                "0.1e-7",
                "'ü€😀'",
                "[null,true,{}]",
                "{'a':{'A':1,'a ':2}}",
                "'\\u2028'",
                "''"
            })
    void leavesTheParamsAsTheyAre(String value) {
        String message = "{'jsonrpc':'2.0','id':5,'method':'tools/call','params':{'name':'get_invoice','region':"
                + value + ",'Region':2,'arguments':{'Name':" + value + ",'method':" + value + "}}}";
        assertThat(sent(message)).isEqualTo(message.replace("\\u2028", "\u2028"));
    }

    @ParameterizedTest
    @CsvSource({"5", "-0", "9007199254740993", "123456789012345678901234567890"})
    void keepsTheIdOfARequest(String id) {
        String message = "{'jsonrpc':'2.0','id':" + id + ",'method':'ping'}";
        assertThat(sent(message)).isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.mcpaccess/caller",
                "io.mcpaccess/other",
                "IO.McpAccess/Caller",
                "io.mcpacce\\u017f\\u017f/caller",
                "io_mcpaccess_caller"
            })
    void attackWhoCallsIsSaidInMeta(String name) {
        String meta = "'_meta':{'" + name + "':{'subject':'user:root'}";
        assertThat(sent("{'jsonrpc':'2.0','id':5,'method':'ping','params':{" + meta + ",'progressToken':3},'x':1}}"))
                .isEqualTo("{'jsonrpc':'2.0','id':5,'method':'ping','params':{'_meta':{'progressToken':3},'x':1}}");
        assertThat(sent("{'jsonrpc':'2.0','method':'notifications/x','params':{" + meta + "}}}"))
                .isEqualTo("{'jsonrpc':'2.0','method':'notifications/x','params':{'_meta':{}}}");
        assertThat(sent("{'jsonrpc':'2.0','id':5,'result':{" + meta + "},'a':1}}"))
                .isEqualTo("{'jsonrpc':'2.0','id':5,'result':{'_meta':{},'a':1}}");
    }

    @Test
    void attackANameOfAMillionCombiningMarksCostsItsLengthAlone() {
        String name = "\\u0300\\u0316".repeat(80_000);
        long start = System.nanoTime();
        guard.check(bearer("{'jsonrpc':'2.0','id':1,'method':'ping','params':{'" + name + "':1}}"));
        assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
        AM.verify(0, WireMock.postRequestedFor(urlEqualTo("/demo/access/v1/evaluation")));
        AM.verify(1, postRequestedFor(anyUrl()));
    }

    private String sent(String message) {
        Allowed allowed = (Allowed) guard.check(bearer(message));
        byte[] body = allowed.forServer().body();
        assertThat(allowed.forServer().headers())
                .containsEntry("content-length", String.valueOf(body.length))
                .containsEntry("content-type", "application/json");
        return new String(body, StandardCharsets.UTF_8).replace('"', '\'');
    }
}
