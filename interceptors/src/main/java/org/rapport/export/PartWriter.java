package org.rapport.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/** Writes the resources of one step as packed parts, each of one type, so that little is held in memory. */
final class PartWriter implements ExportedRecords.Output {

    private static final int PART = 512 * 1024;

    private final ExportJobs jobs;
    private final ExportJob job;
    private final Duration lease;
    private final Map<String, ByteArrayOutputStream> open = new HashMap<>();
    private final Set<String> disclosed = new HashSet<>();
    private long bytes;

    PartWriter(ExportJobs jobs, ExportJob job, Duration lease) {
        this.jobs = jobs;
        this.job = job;
        this.lease = lease;
    }

    /** The step was taken by another worker, or the export was deleted. */
    static final class LeaseLost extends RuntimeException {

        private static final long serialVersionUID = 1L;

        LeaseLost() {
            super("The lease of an export is lost", null, false, false);
        }
    }

    @Override
    public void held() {
        if (!jobs.keep(job, lease)) {
            throw new LeaseLost();
        }
    }

    @Override
    public Set<String> among(Set<String> patients) {
        return jobs.among(job, patients);
    }

    @Override
    public void add(ExportedRecords.Line line) {
        var text = (line.json() + "\n").getBytes(StandardCharsets.UTF_8);
        bytes += text.length;
        if (job.progress().bytes() + bytes > jobs.settings().size().toBytes()) {
            throw ExportRefused.tooLarge();
        }
        var part = open.computeIfAbsent(line.type(), type -> new ByteArrayOutputStream());
        part.writeBytes(text);
        disclosed.addAll(line.patients());
        if (part.size() >= PART) {
            open.remove(line.type());
            write(line.type(), part);
        }
    }

    /** Writes what is left. */
    void flush() {
        open.forEach(this::write);
        open.clear();
    }

    /** Of whom something was written. */
    Set<String> disclosed() {
        return Set.copyOf(disclosed);
    }

    /** How much was written, unpacked. */
    long bytes() {
        return bytes;
    }

    private void write(String type, ByteArrayOutputStream part) {
        boolean held = jobs.database()
                        .sql("insert into export_part (export, type, bytes, content, lease)"
                                + " select id, ?, ?, ?, lease from export_job where id = ? and lease = ? for key share")
                        .params(type, part.size(), packed(part), job.id(), job.lease())
                        .update()
                == 1;
        if (!held) {
            throw new LeaseLost();
        }
    }

    private static byte[] packed(ByteArrayOutputStream part) {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            part.writeTo(gzip);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
