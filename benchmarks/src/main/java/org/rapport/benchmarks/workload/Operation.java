package org.rapport.benchmarks.workload;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The kinds of requests that are measured. */
public enum Operation {
    /** Creates one vital-signs Observation of a known patient. */
    CREATE {
        @Override
        Request request(World world, int n) {
            return Request.post("Observation", world.samples().observation("Patient/" + world.patient(n), n));
        }
    },

    /** Creates 100 vital-signs Observations of a known patient in one transaction. */
    TRANSACTION {
        @Override
        Request request(World world, int n) {
            return Request.post("", world.samples().observations("Patient/" + world.patient(n), n));
        }

        @Override
        public int resourcesStored() {
            return Samples.TRANSACTION_SIZE;
        }
    },

    /** Reads a Patient by id. */
    READ {
        @Override
        Request request(World world, int n) {
            return Request.get("Patient/" + world.patient(n));
        }
    },

    /** Finds the first 20 of a patient's 80 vital signs. */
    SEARCH_CATEGORY {
        @Override
        Request request(World world, int n) {
            return Request.get("Observation?patient=" + world.patient(n) + "&category=vital-signs&_count=20");
        }
    },

    /** Finds a patient's heart rates of one day. */
    SEARCH_CODE_DATE {
        @Override
        Request request(World world, int n) {
            return Request.get("Observation?patient=" + world.patient(n)
                    + "&code=http://loinc.org%7C8867-4&date=ge2026-01-02&date=lt2026-01-03");
        }
    },

    /** Finds a patient by family and given name. */
    SEARCH_NAME {
        @Override
        Request request(World world, int n) {
            return Request.get("Patient?family=" + world.samples().family(world.number(n)) + "&given=ada");
        }
    },

    /** Finds a patient by business identifier. */
    SEARCH_IDENTIFIER {
        @Override
        Request request(World world, int n) {
            return Request.get("Patient?identifier=" + Samples.IDENTIFIERS + "%7C"
                    + world.samples().identifier(world.number(n)));
        }
    },

    /** Finds a patient's appointments from a day on. */
    SEARCH_APPOINTMENT {
        @Override
        Request request(World world, int n) {
            return Request.get("Appointment?actor=Patient/" + world.patient(n) + "&date=ge2026-02-02");
        }
    },

    /** Fetches a patient and all about them, 100 resources before anything was added, in one page. */
    EVERYTHING {
        @Override
        Request request(World world, int n) {
            return Request.get("Patient/" + world.patient(n) + "/$everything?_count=200");
        }
    };

    /** The n-th request of this kind; neighbours are about different patients. */
    abstract Request request(World world, int n);

    /**
     * Sends the n-th request and waits for the answer.
     *
     * @throws IllegalStateException when the answer is no success, or finds nothing where something was stored
     */
    public void perform(FhirEndpoint server, World world, int n) {
        var request = request(world, n);
        var answer = server.send(request);
        if (request.path().contains("?") && !answer.contains("\"entry\"")) {
            throw new IllegalStateException("%s found nothing".formatted(request.path()));
        }
    }

    /** How many resources one request stores. */
    public int resourcesStored() {
        return this == CREATE ? 1 : 0;
    }

    /** The name in budgets, options and tables, such as {@code search-name}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The operation with a label.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Operation labelled(String label) {
        return Arrays.stream(values())
                .filter(operation -> operation.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Unknown operation \"%s\"; write one of %s."
                        .formatted(
                                label,
                                Arrays.stream(values()).map(Operation::label).collect(Collectors.joining(", ")))));
    }
}
