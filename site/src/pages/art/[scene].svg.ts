import type { APIRoute } from 'astro'
import { aisleNames, sceneKinds, type Aisle } from '../../art/scene-of.ts'
import { scene } from '../../art/scene.ts'

export const getStaticPaths = () =>
  aisleNames.flatMap((aisle) =>
    Array.from({ length: sceneKinds }, (_, kind) => ({ params: { scene: `${aisle}-${kind}` }, props: { aisle, kind } })),
  )

/** A picture of an aisle as a file of its own, kept by browsers. */
export const GET: APIRoute<{ aisle: Aisle; kind: number }> = ({ props }) =>
  new Response(scene(props.aisle, props.kind), { headers: { 'content-type': 'image/svg+xml' } })
