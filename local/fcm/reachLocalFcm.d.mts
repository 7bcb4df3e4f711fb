export declare function reachLocalFcm(url: string): () => void;
