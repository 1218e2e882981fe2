package org.rapport.consent.hapi;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Consent;
import org.rapport.anomaly.Findings;
import org.rapport.consent.RecordedConsent;
import org.rapport.suspicion.Suspicion;

/**
 * Has privacy officers look at each active consent that says neither by type nor by policy rule what it starts from: it denies
 * everything, which may not be what the patient wants. They are told once a day. It joins the transaction that stores the consent.
 */
@Interceptor
class UnclearConsents {

    private static final String RULE = "CONSENT";

    private final KeptConsents consents;
    private final Findings findings;
    private final Clock clock;

    UnclearConsents(KeptConsents consents, Findings findings, Clock clock) {
        this.consents = consents;
        this.findings = findings;
        this.clock = clock;
    }

    /** A new consent. */
    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED)
    public void created(IBaseResource resource) {
        look(resource);
    }

    /** A consent with a new version. */
    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED)
    public void updated(IBaseResource before, IBaseResource after) {
        look(after);
    }

    private void look(IBaseResource resource) {
        if (resource instanceof Consent consent
                && consents.read(consent)
                        .filter(read -> read.form() == RecordedConsent.Form.WITHOUT_BASE)
                        .isPresent()) {
            findings.add(new Suspicion(
                    RULE,
                    "Consent/" + consent.getIdElement().getIdPart(),
                    Optional.empty(),
                    clock.instant().truncatedTo(ChronoUnit.DAYS),
                    "A consent says neither permit nor deny, so it denies everything; ask the patient"));
        }
    }
}
