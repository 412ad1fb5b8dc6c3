const TONES = ['bg-stage-1', 'bg-stage-2', 'bg-stage-3', 'bg-stage-4', 'bg-stage-5', 'bg-stage-6']

/** How far along the six stages a journey is. */
export function StageDots({ stage, label }: { stage: number; label: string }) {
  return (
    <span className="inline-block">
      <span className="flex gap-0.5" aria-hidden="true">
        {TONES.map((tone, index) => (
          <span key={tone} className={`h-1.5 w-3.5 rounded-full ${index < stage ? tone : 'bg-line'}`} />
        ))}
      </span>
      <span className="mt-1 block text-xs whitespace-nowrap text-muted">{label}</span>
    </span>
  )
}
