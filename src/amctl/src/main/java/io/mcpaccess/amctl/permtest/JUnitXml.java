package io.mcpaccess.amctl.permtest;

import io.mcpaccess.openfga.embedded.storetest.AssertionResult;
import io.mcpaccess.openfga.embedded.storetest.AssertionResult.Verdict;
import io.mcpaccess.openfga.embedded.storetest.TestReport.TestResult;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** What came of tests, as build servers read it: a suite a file, a test case an assertion. */
public final class JUnitXml {

    private final XMLStreamWriter xml;

    /** GitLab shows the first of several test cases with one name, so each gets a name of its own. */
    private final Map<String, Integer> names = new HashMap<>();

    private JUnitXml(XMLStreamWriter xml) {
        this.xml = xml;
    }

    /**
     * Writes it.
     *
     * @param files the files, in the order in which they were given
     * @return a document in JUnit's XML
     */
    public static String of(List<TestedFile> files) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            new JUnitXml(xml).document(files);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("XML can always be written into a text", e);
        }
        return text.append('\n').toString();
    }

    private void document(List<TestedFile> files) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        start("testsuites");
        attribute("name", "permissions");
        for (TestedFile file : files) {
            suite(file);
        }
        end();
        xml.writeEndDocument();
    }

    private void suite(TestedFile file) throws XMLStreamException {
        int faults = file.fault().isPresent() ? 1 : 0;
        start("testsuite");
        attribute("name", file.file().toString());
        attribute("tests", String.valueOf(file.report().size() + faults));
        attribute("failures", String.valueOf(file.count(Verdict.FAILED)));
        attribute("errors", String.valueOf(file.count(Verdict.ERROR) + faults));
        if (file.fault().isPresent()) {
            start("testcase");
            attribute("classname", file.file().toString());
            attribute("name", "the file can be used");
            problem("error", "the file cannot be used", file.fault().get());
            end();
        }
        for (TestResult test : file.report().tests()) {
            for (AssertionResult result : test.assertions()) {
                testCase(file, test, result);
            }
        }
        end();
    }

    private void testCase(TestedFile file, TestResult test, AssertionResult result) throws XMLStreamException {
        String owner = file.file() + "." + test.name();
        String name = result.kind() + " " + result.question();
        int number = names.merge(owner + "\n" + name, 1, Integer::sum);
        start("testcase");
        attribute("classname", owner);
        attribute("name", number == 1 ? name : name + " (" + number + ")");
        attribute("file", file.file().toString());
        attribute("line", String.valueOf(result.place().line()));
        if (result.verdict() != Verdict.PASSED) {
            problem(
                    result.verdict() == Verdict.FAILED ? "failure" : "error",
                    TestText.difference(result),
                    result.place() + "\n" + result.why());
        }
        end();
    }

    private void problem(String element, String message, String text) throws XMLStreamException {
        start(element);
        attribute("message", message);
        xml.writeCharacters(legal(text));
        xml.writeEndElement();
    }

    private void start(String element) throws XMLStreamException {
        xml.writeCharacters("\n");
        xml.writeStartElement(element);
    }

    private void end() throws XMLStreamException {
        xml.writeCharacters("\n");
        xml.writeEndElement();
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, legal(value));
    }

    /** XML 1.0 has no place for most control characters, not even as references. */
    private static String legal(String text) {
        StringBuilder legal = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c == '\n' || c == '\t' || c >= 0x20 && c < 0xD800 || c > 0xDFFF && c < 0xFFFE || c > 0xFFFF
                        ? c
                        : 0xFFFD)
                .forEach(legal::appendCodePoint);
        return legal.toString();
    }
}
