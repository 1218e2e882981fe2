package org.rapport.consent.fhir;

import java.util.function.Consumer;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentDataMeaning;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;

/** Active privacy consents of Alice. */
public final class TestConsents {

    private TestConsents() {}

    /** A consent that permits by its root; the rest is said by {@code rest}. */
    public static Consent permit(Consumer<ProvisionComponent> rest) {
        return withRoot(ConsentProvisionType.PERMIT, rest);
    }

    /** A consent that denies by its root; the rest is said by {@code rest}. */
    public static Consent deny(Consumer<ProvisionComponent> rest) {
        return withRoot(ConsentProvisionType.DENY, rest);
    }

    static Consent withRoot(ConsentProvisionType type, Consumer<ProvisionComponent> rest) {
        var consent = plain();
        rest.accept(consent.getProvision().setType(type));
        return consent;
    }

    /** A consent without any provision. */
    public static Consent plain() {
        var consent = new Consent().setStatus(ConsentState.ACTIVE).setPatient(new Reference("Patient/alice"));
        consent.setId("Consent/c1/_history/1");
        consent.getScope().addCoding(new Coding(CodeSystems.SCOPE, "patient-privacy", null));
        return consent;
    }

    static Consent declaringPcf(Consent consent) {
        consent.getMeta()
                .addProfile("https://profiles.ihe.net/ITI/PCF/StructureDefinition/IHE.PCF.consentIntermediate");
        return consent;
    }

    static Consent under(Consent consent, String policy, String organization, String dated) {
        consent.addPolicy().setUri(policy);
        return consent.addOrganization(new Reference(organization)).setDateTimeElement(new DateTimeType(dated));
    }

    /** An exception that denies. */
    public static Consumer<ProvisionComponent> exceptDeny(Consumer<ProvisionComponent> rest) {
        return outer -> rest.accept(outer.addProvision().setType(ConsentProvisionType.DENY));
    }

    /** An exception that permits. */
    public static Consumer<ProvisionComponent> exceptPermit(Consumer<ProvisionComponent> rest) {
        return outer -> rest.accept(outer.addProvision().setType(ConsentProvisionType.PERMIT));
    }

    /** Says nothing more. */
    public static Consumer<ProvisionComponent> always() {
        return provision -> {};
    }

    /** For a recipient. */
    public static Consumer<ProvisionComponent> actor(String reference) {
        return provision -> provision
                .addActor()
                .setReference(new Reference(reference))
                .setRole(new CodeableConcept(new Coding(CodeSystems.PARTICIPATION, "PRCP", null)));
    }

    /** For a purpose. */
    public static Consumer<ProvisionComponent> purpose(String code) {
        return provision -> provision.addPurpose(new Coding(CodeSystems.PURPOSE, code, null));
    }

    static Consumer<ProvisionComponent> action(String code) {
        return provision -> provision.addAction(new CodeableConcept(new Coding(CodeSystems.ACTION, code, null)));
    }

    /** About data with a label. */
    public static Consumer<ProvisionComponent> label(String code) {
        var system = code.length() == 1 ? CodeSystems.CONFIDENTIALITY : CodeSystems.ACT_CODE;
        return provision -> provision.addSecurityLabel(new Coding(system, code, null));
    }

    /** About a resource type. */
    public static Consumer<ProvisionComponent> type(String type) {
        return provision -> provision.addClass_(new Coding(CodeSystems.RESOURCE_TYPE, type, null));
    }

    static Consumer<ProvisionComponent> code(String system, String code) {
        return provision -> provision.addCode(new CodeableConcept(new Coding(system, code, null)));
    }

    static Consumer<ProvisionComponent> dataPeriod(String start, String end) {
        return provision -> provision.setDataPeriod(period(start, end));
    }

    /** About one resource and what belongs to it. */
    public static Consumer<ProvisionComponent> data(ConsentDataMeaning meaning, String reference) {
        return provision -> provision.addData().setMeaning(meaning).setReference(new Reference(reference));
    }

    static Period period(String start, String end) {
        return new Period().setStartElement(new DateTimeType(start)).setEndElement(new DateTimeType(end));
    }
}
