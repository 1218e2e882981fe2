package org.rapport.limit;

import java.io.ByteArrayInputStream;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.rapport.failure.Failure;

/** Reads XML event by event; a document type ends the reading before any of it is looked at. */
final class XmlCheck {

    private static final byte[] DOCUMENT_TYPE = {'<', '!', 'D', 'O', 'C', 'T', 'Y', 'P', 'E'};

    private XmlCheck() {}

    static Optional<Failure> check(byte[] body, int entries) {
        if (hasDocumentType(body)) {
            return Optional.of(Failure.malformed("The body has a document type declaration; leave it out"));
        }
        try {
            var xml = reader(body);
            var encoding = Optional.ofNullable(xml.getCharacterEncodingScheme()).orElse("UTF-8");
            return encoding.equalsIgnoreCase("UTF-8")
                    ? measure(xml, entries)
                    : Optional.of(Failure.malformed("The body is not UTF-8"));
        } catch (XMLStreamException e) {
            return Optional.of(Failure.malformed("The body is not well-formed XML"));
        }
    }

    private static XMLStreamReader reader(byte[] body) throws XMLStreamException {
        var xml = XMLInputFactory.newDefaultFactory();
        xml.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        xml.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        xml.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("No entity is resolved");
        });
        return xml.createXMLStreamReader(new ByteArrayInputStream(body), "UTF-8");
    }

    private static Optional<Failure> measure(XMLStreamReader xml, int entries) throws XMLStreamException {
        int depth = 0;
        int found = 0;
        while (xml.hasNext()) {
            int event = xml.next();
            depth += event == XMLStreamReader.START_ELEMENT ? 1 : event == XMLStreamReader.END_ELEMENT ? -1 : 0;
            if (depth > RequestLimits.DEPTH) {
                return Optional.of(Failure.of(400, "too-costly", "The body is nested too deeply"));
            }
            if (event == XMLStreamReader.START_ELEMENT
                    && depth == 2
                    && xml.getLocalName().equals("entry")) {
                found++;
            }
            if (found > entries) {
                return Optional.of(Failure.of(413, "too-long", "The bundle has more than " + entries + " entries"));
            }
            if (event == XMLStreamReader.DTD || event == XMLStreamReader.ENTITY_REFERENCE) {
                return Optional.of(Failure.malformed("The body has a document type declaration; leave it out"));
            }
        }
        return Optional.empty();
    }

    private static boolean hasDocumentType(byte[] body) {
        for (int i = 0; i + DOCUMENT_TYPE.length <= body.length; i++) {
            if (body[i] == '<' && matches(body, i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(byte[] body, int start) {
        for (int i = 0; i < DOCUMENT_TYPE.length; i++) {
            if (Character.toUpperCase(body[start + i]) != DOCUMENT_TYPE[i]) {
                return false;
            }
        }
        return true;
    }
}
