package org.rapport.server.rest;

import ca.uhn.fhir.interceptor.api.IInterceptorService;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Registers the storage hooks once every bean is there.
 *
 * @param hooks what the features contribute
 * @param store HAPI's interceptor service of the store
 */
record StorageHooks(Hooks hooks, IInterceptorService store) implements SmartInitializingSingleton {

    @Override
    public void afterSingletonsInstantiated() {
        hooks.joinStore(store);
    }
}
