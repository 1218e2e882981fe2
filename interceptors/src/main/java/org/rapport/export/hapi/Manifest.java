package org.rapport.export.hapi;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.UUID;
import org.rapport.access.PublicOrigin;
import org.rapport.export.ExportOutput.OutputFile;
import org.rapport.export.ExportStatus;

/**
 * Lists the files of an export. How many resources are in them it does not say: patients may withdraw some until they are
 * fetched, and nobody is to learn how many.
 *
 * @param origin where they are fetched
 * @param id of the export
 * @see <a href="https://hl7.org/fhir/uv/bulkdata/STU2/export.html#response---complete-status">Bulk Data Access 2.0, complete
 *     status</a>
 */
record Manifest(PublicOrigin origin, UUID id) {

    String json(ExportStatus.Done done, List<OutputFile> files) {
        var manifest = JsonNodeFactory.instance.objectNode();
        manifest.put("transactionTime", done.until().toString());
        manifest.put("request", done.url());
        manifest.put("requiresAccessToken", true);
        var output = manifest.putArray("output");
        files.forEach(file -> output.addObject().put("type", file.type()).put("url", url(file)));
        manifest.putArray("error");
        return manifest.toString();
    }

    private String url(OutputFile file) {
        return origin.fhirBase() + "/Patient/$export-file?job=" + id + "&type=" + file.type() + "&file="
                + file.number();
    }
}
